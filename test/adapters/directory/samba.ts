import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';

const run = promisify(execFile);
const day = 86_400_000;

/** Why no real domain controller can be had here; undefined where it can. */
export function sambaAbsence(): string | undefined {
  if (process.getuid?.() !== 0) return 'a Samba domain controller wants root';
  const path = (process.env.PATH ?? '').split(':').concat('/usr/sbin', '/usr/bin');
  const missing = ['samba', 'samba-tool', 'ldbmodify', 'setpriv'].find(
    (name) => !path.some((folder) => existsSync(join(folder, name))),
  );
  return missing && `${missing} is not installed`;
}

export type Samba = {
  /** Its own address on the loopback; ports 389 and 636. */
  host: string;
  administrator: { dn: string; password: string };
  baseDn: string;
  dnsName: string;
  netbiosName: string;
  caPem: string;
  /** Moves back when a password was set, which no administrator can do over the wire. */
  backdate(dn: string, passwordSetAt: number): Promise<void>;
  stop(): Promise<void>;
};

/** The domain of this name and address: Samba's ports are fixed, so each controller has an address of its own. */
const domain = { dnsName: 'vaultcheck.test', netbiosName: 'VAULTCHECK', baseDn: 'DC=vaultcheck,DC=test' };
const password = 'Adm1n-of-the-test';

/** Provisions and starts a controller in a folder that is gone after `stop`. Takes some 12 seconds. */
export async function startSamba(): Promise<Samba> {
  const folder = await mkdtemp(join(tmpdir(), 'vaultcheck-samba-'));
  const part = () => 2 + Math.floor(Math.random() * 250);
  const host = `127.${part()}.${part()}.${part()}`;
  try {
    const caPem = await certify(folder, host);
    await provision(folder, host);
    const server = await start(folder, host);
    return {
      ...domain,
      host,
      caPem,
      administrator: { dn: `CN=Administrator,CN=Users,${domain.baseDn}`, password },
      backdate: (dn, passwordSetAt) => backdate(folder, dn, passwordSetAt),
      async stop() {
        await end(server);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function provision(folder: string, host: string): Promise<void> {
  const options = {
    interfaces: `${host}/8`,
    'bind interfaces only': 'yes',
    'server services': 'ldap',
    'prefork children': '1',
    'log file': join(folder, 'log.%m'),
    'pid directory': folder,
    'ncalrpc dir': join(folder, 'ncalrpc'),
    'tls certfile': join(folder, 'cert.pem'),
    'tls keyfile': join(folder, 'key.pem'),
    'tls cafile': join(folder, 'ca.pem'),
  };
  const told = [
    ...['--server-role=dc', '--dns-backend=NONE', '--host-name=dc1', `--host-ip=${host}`],
    `--realm=${domain.dnsName.toUpperCase()}`,
    `--domain=${domain.netbiosName}`,
    `--adminpass=${password}`,
    `--targetdir=${folder}`,
    '--configfile=/dev/null',
    ...Object.entries(options).map(([name, value]) => `--option=${name}=${value}`),
  ];
  await run('samba-tool', ['domain', 'provision', ...told], { timeout: 60_000 });
}

/** In the controller's own database, with the control that lets its own programs write what nobody else may. */
async function backdate(folder: string, dn: string, passwordSetAt: number): Promise<void> {
  const database = join(folder, 'private', 'sam.ldb');
  const change = join(folder, 'backdate.ldif');
  const lines = [
    `dn: ${dn}`,
    'changetype: modify',
    'replace: pwdLastSet',
    `pwdLastSet: ${filetime(passwordSetAt)}`,
  ];
  await writeFile(change, `${lines.join('\n')}\n`);
  const control = '--controls=local_oid:1.3.6.1.4.1.7165.4.3.12:0';
  await run('ldbmodify', ['-H', database, control, change], { timeout: 20_000 });
}

/** 100 ns since 1601. */
export function filetime(at: number): string {
  return String((BigInt(at) + 11_644_473_600_000n) * 10_000n);
}

/** Ends with this process, however that ends. */
async function start(folder: string, host: string): Promise<ChildProcess> {
  const configuration = join(folder, 'etc', 'smb.conf');
  const samba = [
    'samba',
    '--foreground',
    '--no-process-group',
    '--model=prefork',
    `--configfile=${configuration}`,
  ];
  const server = spawn('setpriv', ['--pdeathsig', 'TERM', ...samba], { stdio: 'ignore', detached: true });
  const startedAt = Date.now();
  while (!(await answers(host))) {
    if (server.exitCode !== null || Date.now() - startedAt > 30_000) {
      await end(server);
      throw new Error(`Samba did not start (exit code ${server.exitCode})`);
    }
    await pause(50);
  }
  return server;
}

function answers(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(636, host);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** The server and its children, which write into the folder until they are gone. */
async function end(server: ChildProcess): Promise<void> {
  const group = server.pid;
  if (group === undefined) return;
  const endsAt = Date.now() + 10_000;
  for (let signal: NodeJS.Signals | 0 = 'SIGTERM'; isSent(group, signal); await pause(50))
    signal = Date.now() < endsAt ? 0 : 'SIGKILL';
}

/** To the whole group; false when nobody of it is left. */
function isSent(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

/** Writes a certificate for the address and `dc1`, by an authority of its own. */
async function certify(folder: string, host: string): Promise<string> {
  const common = {
    keyType: 'rsa' as const,
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - day),
    notAfterDate: new Date(Date.now() + 30 * day),
  };
  const authority = await generate([{ name: 'commonName', value: 'Test authority' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: `dc1.${domain.dnsName}` }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: `dc1.${domain.dnsName}` },
          { type: 7, ip: host },
        ],
      },
    ],
  });
  const files = { 'ca.pem': authority.cert, 'cert.pem': leaf.cert, 'key.pem': leaf.private };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  // Samba refuses a key that others may read.
  await chmod(join(folder, 'key.pem'), 0o600);
  return authority.cert;
}
