import { setTimeout as pause } from 'node:timers/promises';
import { Attribute, Change, Client } from 'ldapts';
import type { State } from '../../contracts/directory.ts';
import { filetime, type Samba } from './samba.ts';

export const samePassword = 'Sc4n-of-the-test';
export const ownName = 'svc-vaultcheck';

type Values = Record<string, string>;

/** Fills a fresh domain with one account per state, as its administrator. Threshold 3, lock-out 30 minutes. */
export async function fillDomain(
  samba: Samba,
  names: Record<State, string>,
  { principalName, hostileName }: { principalName: string; hostileName: string },
): Promise<void> {
  await asAdministrator(samba, async (client) => {
    const dnOf = (name: string) => `CN=${name},CN=Users,${samba.baseDn}`;
    const add = async (name: string, more: Values = {}) => {
      const entry = { objectClass: 'user', sAMAccountName: name, userAccountControl: '512', ...more };
      await client.add(dnOf(name), [
        ...Object.entries(entry).map(([type, value]) => new Attribute({ type, values: [value] })),
        passwordOf(samePassword),
      ]);
    };
    const change = (dn: string, values: Values) => modify(client, dn, values);
    const policy = async (name: string, of: string, values: Values) => {
      const dn = `CN=${name},CN=Password Settings Container,CN=System,${samba.baseDn}`;
      const entry = { ...policyDefaults, ...values, 'msDS-PSOAppliesTo': dnOf(of) };
      await client.add(dn, entry);
    };
    await change(samba.baseDn, { lockoutThreshold: '3' });
    await add(ownName, { userAccountControl: '66048', description: 'canary-of-the-test' });
    await add(names.healthy, { userPrincipalName: principalName });
    await add(names.locked);
    await add(names.lockRanOut);
    await add(names.disabled, { userAccountControl: '514' });
    await add(names.expired, { accountExpires: filetime(Date.now() - 86_400_000) });
    await add(names.passwordExpired);
    await add(names.mustChange);
    await add(names.neverExpires, { userAccountControl: '66048' });
    await add(hostileName);
    await change(dnOf(names.mustChange), { pwdLastSet: '0' });
    await samba.backdate(dnOf(names.passwordExpired), Date.now() - 100 * 86_400_000);
    // Two seconds for the lock to run out.
    await policy('short-lock', names.lockRanOut, {
      'msDS-LockoutDuration': '-20000000',
      'msDS-LockoutObservationWindow': '-20000000',
    });
    for (const name of [names.locked, names.lockRanOut]) await failToLogIn(samba, dnOf(name), 3);
  });
  await pause(2500);
}

const policyDefaults: Values = {
  objectClass: 'msDS-PasswordSettings',
  'msDS-PasswordSettingsPrecedence': '10',
  'msDS-PasswordReversibleEncryptionEnabled': 'FALSE',
  'msDS-PasswordHistoryLength': '0',
  'msDS-PasswordComplexityEnabled': 'FALSE',
  'msDS-MinimumPasswordLength': '0',
  'msDS-MinimumPasswordAge': '0',
  'msDS-MaximumPasswordAge': '-36288000000000',
  'msDS-LockoutThreshold': '3',
  'msDS-LockoutObservationWindow': '-18000000000',
  'msDS-LockoutDuration': '-18000000000',
};

export async function setPassword(samba: Samba, name: string, password: string): Promise<void> {
  await asAdministrator(samba, (client) =>
    client.modify(
      `CN=${name},CN=Users,${samba.baseDn}`,
      new Change({ operation: 'replace', modification: passwordOf(password) }),
    ),
  );
}

function modify(client: Client, dn: string, values: Values): Promise<void> {
  const changes = Object.entries(values).map(
    ([type, value]) =>
      new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) }),
  );
  return client.modify(dn, changes);
}

/** In quotation marks and UTF-16, as Active Directory wants it. */
function passwordOf(password: string): Attribute {
  return new Attribute({ type: 'unicodePwd', values: [Buffer.from(`"${password}"`, 'utf16le')] });
}

async function failToLogIn(samba: Samba, dn: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const client = clientOf(samba);
    await client.bind(dn, 'a wrong one').catch(() => undefined);
    await client.unbind();
  }
}

async function asAdministrator(samba: Samba, work: (client: Client) => Promise<void>): Promise<void> {
  const client = clientOf(samba);
  try {
    await client.bind(samba.administrator.dn, samba.administrator.password);
    await work(client);
  } finally {
    await client.unbind();
  }
}

function clientOf({ host, caPem }: Samba): Client {
  return new Client({ url: `ldaps://${host}`, timeout: 10_000, tlsOptions: { ca: [caPem], host } });
}
