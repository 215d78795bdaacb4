import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { folderWith, minimalYaml } from './files.ts';
import { canary, problemsOf, source, told } from './sources.ts';

const directory = (url: string, more = '') =>
  `    directory: { url: "${url}", baseDn: dc=x, bindDn: cn=y, bindPassword: { env: READER_PASSWORD }${more} }`;

describe('a configuration that is wrong', () => {
  it.each<[string, Parameters<typeof minimalYaml>[0], RegExp]>([
    [
      'an unknown key',
      { rest: '    secert: [a]' },
      /^integrations\[0\]\.secert@8 is not a known key\. Did you mean "secrets"\?$/,
    ],
    [
      'an unknown key at the top',
      { top: 'slcak: {}' },
      /^slcak@2 is not a known key\. Did you mean "slack"\?$/,
    ],
    [
      'a key like none',
      { top: 'zzzzzzzzzzzz: 1' },
      /^zzzzzzzzzzzz@2 is not a known key\. Known here: version, slack/,
    ],
    [
      'a missing part',
      { server: '      insecure: false' },
      /^integrations\[0\]\.secretServer\.url@4 is missing: The URL of Secret Server/,
    ],
    [
      'a number for text',
      { rest: '    secrets: [42]' },
      /^integrations\[0\]\.secrets@8 must be a list of names of secrets \(a number in quotes\), or the word folder/,
    ],
    [
      'a number for a name',
      { rest: '    scanGroup: 42' },
      /^integrations\[0\]\.scanGroup@8 must be text: put it in quotes$/,
    ],
    [
      'text for a list',
      { rest: '    folderAdmins: Admins' },
      /^integrations\[0\]\.folderAdmins@8 must be a list/,
    ],
    [
      'text for a mapping',
      { rest: '    qualys: yes please' },
      /^integrations\[0\]\.qualys@8 must be a mapping/,
    ],
    [
      'text for a switch',
      { server: '      url: https://v.example\n      insecure: often' },
      /secretServer\.insecure@6 must be true or false$/,
    ],
    [
      'a word that is not known',
      { rest: '    expectEvents: mail' },
      /expectEvents@8 must be syslog or email or either or none$/,
    ],
    [
      'a bad duration',
      { rest: '    scanEvery: 1 week' },
      /^integrations\[0\]\.scanEvery@8 must be a length of time such as 90s/,
    ],
    ['no time at all', { rest: '    scanEvery: 0d' }, /must be a length of time/],
    [
      'a bad address',
      { rest: '    appliances: [{ name: a, addresses: [10.20.30] }]' },
      /appliances\[0\]\.addresses\[0\]@8 must be an address/,
    ],
    [
      'a range for the LAN address',
      { rest: '    appliances: [{ name: a, lan: 10.0.0.0/8 }]' },
      /appliances\[0\]\.lan@8 must be one IPv4/,
    ],
    [
      'a site no probe can serve',
      { rest: '    appliances: [{ name: a, site: "a b" }]' },
      /appliances\[0\]\.site@8 must be a name of letters/,
    ],
    [
      'an unknown time zone',
      { server: '      url: https://v.example\n      timeZone: Europe/Atlantis' },
      /timeZone@6 must be a time zone/,
    ],
    [
      'an http: vault',
      { server: '      url: http://vault.corp.example' },
      /^integrations\[0\]\.secretServer\.url@5 would send passwords in clear text/,
    ],
    [
      'an http: Qualys',
      {
        rest: '    qualys: { url: http://qualysapi.example, username: u, password: { env: READER_PASSWORD } }',
      },
      /qualys\.url@8 would send passwords in clear text/,
    ],
    [
      'a host that only looks like this machine',
      { server: '      url: http://localhost.evil.example' },
      /clear text/,
    ],
    [
      'an ldap: directory',
      { rest: directory('ldap://dc01.corp.example') },
      /^integrations\[0\]\.directory\.url@8 would send passwords in clear text: use ldaps:\/\/, or startTls/,
    ],
    [
      'a Delinea Platform tenant',
      { server: '      url: https://corp.delinea.app' },
      /secretServer\.url@5 is a Delinea Platform tenant, which Vaultcheck does not support yet/,
    ],
    [
      'a URL with a login',
      { server: `      url: https://me:${canary}@vault.corp.example` },
      /must not carry a user name or password/,
    ],
    ['no URL', { server: '      url: vault.corp.example' }, /must be a URL that begins with https/],
    [
      'a password in the file',
      { reader: `      reader: { username: r, password: ${canary} }` },
      /reader\.password@6 a secret never stands in this file/,
    ],
    [
      'no name of a variable',
      { reader: '      reader: { username: r, password: { env: "MY PASSWORD" } }' },
      /reader\.password\.env@6 must be the name of a variable, such as/,
    ],
    [
      'the reader as scan account',
      {
        reader:
          '      reader: { username: SVC-Qualys, domain: corp.example, password: { env: READER_PASSWORD } }',
      },
      /^integrations\[0\]\.scanAccounts\[0\]@7 is the reader itself/,
    ],
    [
      'the reader by an alias',
      {
        reader: '      reader: { username: svc-qualys@other.example, password: { env: READER_PASSWORD } }',
        rest: '    domains: { CORP: [other.example] }',
      },
      /scanAccounts\[0\]@7 is the reader itself/,
    ],
    [
      'a waiver of no check',
      { rest: '    accept: [{ check: hsts-enable, reason: r, until: 2027-01-01 }]' },
      /accept\[0\]\.check@8 is not the id of a check\. Did you mean "hsts-enabled"\?$/,
    ],
    [
      'a waiver without an end',
      { rest: '    accept: [{ check: hsts-enabled, reason: r }]' },
      /accept\[0\]\.until@8 is missing/,
    ],
    [
      'a day that is none',
      { rest: '    accept: [{ check: hsts-enabled, reason: r, until: 2027-02-30 }]' },
      /until@8 must be a day such as/,
    ],
    ['a secret twice', { rest: '    secrets: [a, b, a]' }, /secrets\[2\]@8 stands here twice/],
    [
      'an appliance twice',
      { rest: '    appliances: [{ name: a }, { name: A }]' },
      /appliances\[1\]\.name@8 another appliance has this name/,
    ],
    [
      'the folder without its name',
      { rest: '    secrets: folder' },
      /secrets@8 says folder, but no folder is named/,
    ],
    [
      'a channel by name',
      { top: 'slack: { alerts: "#alerts" }' },
      /^slack\.alerts@2 must be the id of a channel/,
    ],
    [
      'a person by name',
      { top: 'slack: { access: { check: [anna] } }' },
      /^slack\.access\.check\[0\]@2 must be the id of a user/,
    ],
    [
      'a proxy that nobody named',
      { server: '      url: https://v.example\n      proxy: true' },
      /secretServer\.proxy@6 is on, but HTTPS_PROXY is not set/,
    ],
    [
      'a variable that is not set',
      { reader: '      reader: { username: r, password: { env: NOT_SET } }' },
      /reader\.password@6 the variable NOT_SET is not set: set it, or NOT_SET_FILE/,
    ],
    [
      'a secret file that is not there',
      { reader: '      reader: { username: r, password: { file: nowhere } }' },
      /reader\.password@6 the file .*nowhere cannot be read/,
    ],
    [
      'a certificate that is not there',
      { server: '      url: https://v.example\n      tls: { caFile: nowhere.pem }' },
      /secretServer\.tls\.caFile@6 cannot be read/,
    ],
    ['YAML that is none', { rest: '    secrets: [a' }, /^file@\d+ is not YAML here/],
    [
      'a key twice',
      { rest: '    secrets: [a]\n    secrets: [b]' },
      /^file@9 is not YAML here: Map keys must be unique/,
    ],
  ])('names %s', (_, parts, expected) => {
    const problems = told(problemsOf(() => loadConfig(source(minimalYaml(parts)))));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });

  it('tells the first hundred unknown keys of a file that is something else, and how many more', () => {
    const top = Array.from({ length: 20_000 }, (_, at) => `zzzzzzzzzzzz${at}: 1`).join('\n');
    const problems = told(problemsOf(() => loadConfig(source(minimalYaml({ top })))));
    expect(problems).toHaveLength(101);
    expect(problems.join('\n')).toContain('holds 19900 more keys that are not known');
  });

  it('tells of all problems at once, in the order of the file, and variables last', () => {
    const yaml = `version: 2
integrations:
  - name: corp
    secretServer:
      url: http://vault.corp.example
      reader: { username: svc-qualys, password: { env: NOT_SET } }
    scanAccounts: [{ username: svc-qualys }]
    scanEvery: soon
  - name: CORP
    secretServer: { url: https://v.example, reader: { username: r, password: { env: READER_PASSWORD } } }
    scanAccounts: [{ username: s }]
    accept: [{ check: nothing-like-it, reason: r, until: 2027-01-01 }]
    oddly: 1`;
    const problems = problemsOf(() =>
      loadConfig(source(yaml, { env: { LOG_LEVEL: 'loud', REDIS_URL: 'redis' } })),
    );
    expect(problems.map(({ where, line }) => `${where}@${line}`)).toEqual([
      'version@1',
      'integrations[0].secretServer.url@5',
      'integrations[0].secretServer.reader.password@6',
      'integrations[0].scanAccounts[0]@7',
      'integrations[0].scanEvery@8',
      'integrations[1].name@9',
      'integrations[1].accept[0].check@12',
      'integrations[1].oddly@13',
      'REDIS_URL@null',
      'LOG_LEVEL@null',
    ]);
  });

  it('says which file is not there', () => {
    const cwd = folderWith({});
    const problems = told(problemsOf(() => loadConfig({ cwd, env: {}, file: 'other.yaml' })));
    expect(problems).toEqual([expect.stringMatching(/there is no file .*other\.yaml that can be read/)]);
  });

  it.each([
    [{ file: 'other.yaml' }, '--config'],
    [{}, 'VAULTCHECK_CONFIG'],
  ])('names what says where the file is: %j', (named, where) => {
    const cwd = folderWith({});
    const env = { VAULTCHECK_CONFIG: 'nowhere.yaml' };
    expect(problemsOf(() => loadConfig({ cwd, env, ...named }))).toMatchObject([{ where }]);
  });

  it.each(['', '[]', 'just words', 'null'])('is not surprised by a file of %j', (yaml) => {
    expect(problemsOf(() => loadConfig(source(yaml))).length).toBeGreaterThan(0);
  });

  it('prefers the flag over the variable over the default', () => {
    const cwd = folderWith({ 'a.yaml': minimalYaml(), 'b.yaml': 'version: 2' });
    const env = { VAULTCHECK_CONFIG: 'b.yaml', READER_PASSWORD: canary };
    expect(loadConfig({ cwd, env, file: 'a.yaml' }).file).toBe(join(cwd, 'a.yaml'));
    expect(problemsOf(() => loadConfig({ cwd, env })).length).toBeGreaterThan(0);
  });
});
