import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadConfig, loadServiceConfig } from '../../src/config/load.ts';
import { minimalYaml } from './files.ts';
import { canary, source } from './sources.ts';

describe('a configuration that is right', () => {
  it('gives the rules plain settings with every default filled in', () => {
    const [corp] = loadConfig(source(minimalYaml())).integrations;
    expect(corp?.settings).toEqual({
      integration: 'corp',
      vaultUrl: 'https://vault.corp.example/SecretServer',
      scannerUrl: 'https://vault.corp.example/SecretServer',
      reader: { username: 'svc-vaultcheck', domain: null },
      timeZone: null,
      eventsTimeZone: null,
      senders: [],
      domains: {},
      scanAccounts: [{ username: 'svc-qualys', domain: 'CORP' }],
      scanGroup: null,
      folder: null,
      folderAdmins: null,
      secrets: [],
      appliances: [],
      qualys: null,
      directory: null,
      expectEvents: 'either',
      listening: false,
      accept: [],
      scanEveryMs: 7 * 24 * 3_600_000,
    });
    expect(corp?.secretServer.password.reveal()).toBe(canary);
  });

  it('has defaults for the parts of the service', () => {
    const { watch, incidents, keep, listeners, slack } = loadConfig(source(minimalYaml()));
    expect(watch).toEqual({ every: 900_000, checksEvery: 21_600_000 });
    expect(incidents).toMatchObject({ failedLogins: { count: 3, within: 600_000 }, autoResolve: true });
    expect(keep.reports).toBe(90 * 24 * 3_600_000);
    expect(listeners).toEqual({ syslog: null });
    expect(slack).toBeNull();
  });

  it('is the example that comes with the program', () => {
    const yaml = readFileSync(join(import.meta.dirname, '../../vaultcheck.example.yaml'), 'utf8');
    const tokens = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SECRET_SERVER_PASSWORD: canary };
    const config = loadServiceConfig(source(yaml, { env: tokens }));
    expect(config.integrations.map((one) => one.settings.secrets)).toEqual([['scanadmin']]);
    expect(config.slack.access).toEqual({ check: 'anyone', incidents: ['S0SECOPS'], admin: ['U0LEAD'] });
  });

  it('reads every part that the contract names', () => {
    const yaml = minimalYaml({
      top: `slack:
  alerts: C0ALERTS
  reports: C0REPORTS
  access: { check: anyone, incidents: [S0SECOPS, U0ONCALL], admin: [U0LEAD] }
  quietHours: { from: "20:00", to: "07:00", timeZone: Europe/Berlin }
listeners:
  syslog: { udp: 0.0.0.0:5514, tcp: "[::]:5514", tls: { address: 0.0.0.0:6514, certFile: own.pem, keyFile: own.key, clientCaFile: ca.pem }, allow: [10.20.0.0/16] }
watch: { every: 15m, checksEvery: 6h }
incidents:
  failedLogins: { count: 3, within: 10m }
  remindAfter: 15m
  escalate: { after: 30m, mention: S0ONCALL }
  links: [{ title: Runbook, url: "https://wiki.corp.example/scan-accounts" }]
  autoResolve: true
keep: { reports: 90d, journal: 30d, incidents: 400d, commands: 400d }`,
      server: `      url: https://vault.corp.example/SecretServer/
      scannerUrl: https://vault-dmz.corp.example/SecretServer
      tls: { caFile: ca.pem }
      timeZone: UTC
      eventsTimeZone: UTC
      senders: [THYCOTICSS01, 10.20.0.7]`,
      rest: `    domains: { CORP: [corp.example] }
    scanGroup: Qualys Scanners
    folder: '\\Scan Credentials'
    folderAdmins: [Security Admins]
    secrets: folder
    appliances:
      - { name: appliance-01, addresses: [10.20.30.40], lan: 192.168.7.4, site: dmz }
    qualys:
      url: https://qualysapi.qg2.apps.qualys.com
      username: corp_ab1
      password: { file: secrets/qualys }
      tls: { caFile: ca.pem }
      vaults: [Corp Secret Server]
    directory:
      url: ldaps://dc01.corp.example
      baseDn: dc=corp,dc=example
      bindDn: cn=svc-vaultcheck,ou=service,dc=corp,dc=example
      bindPassword: { env: DIRECTORY_PASSWORD }
      tls: { caFile: ca.pem }
      accounts: { scanadmin: scanadmin, hostFile: other, password: third }
    alerts: C0CORPALERTS
    expectEvents: syslog
    accept:
      - { check: hsts-enabled, reason: "behind a proxy that sets it", until: 2027-06-30 }
    scanEvery: 14d`,
    });
    const pem = { 'ca.pem': 'CA', 'own.pem': 'CERT', 'own.key': 'KEY', 'secrets/qualys': `${canary}\n` };
    const config = loadConfig(source(yaml, { files: pem, env: { DIRECTORY_PASSWORD: 'd' } }));
    const [corp] = config.integrations;
    expect(corp?.settings).toMatchObject({
      vaultUrl: 'https://vault.corp.example/SecretServer',
      listening: true,
    });
    expect(corp?.settings.accept).toEqual([
      { check: 'hsts-enabled', secret: null, reason: 'behind a proxy that sets it', until: '2027-06-30' },
    ]);
    expect(corp?.qualys?.password.reveal()).toBe(canary);
    expect(corp?.directory?.bindPassword.reveal()).toBe('d');
    expect([corp?.secretServer.ca, corp?.qualys?.ca, corp?.directory?.ca]).toEqual(['CA', 'CA', 'CA']);
    expect(config.listeners.syslog?.tls).toMatchObject({ cert: 'CERT', key: 'KEY', clientCa: 'CA' });
    expect(inspect(config, { depth: 20, showHidden: true }) + JSON.stringify(config)).not.toContain(canary);
  });

  it('takes clear text to this machine, or where somebody accepted it', () => {
    const local = minimalYaml({ server: '      url: http://127.0.0.1:8080/SecretServer' });
    const accepted = minimalYaml({ server: '      url: http://vault.corp.example\n      insecure: true' });
    expect(loadConfig(source(local)).integrations[0]?.settings.vaultUrl).toContain('http:');
    expect(loadConfig(source(accepted)).integrations[0]?.secretServer.insecure).toBe(true);
  });
});
