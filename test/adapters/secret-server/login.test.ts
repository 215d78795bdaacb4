import { describe, expect, it } from 'vitest';
import { memoryRefusals } from '../../../src/adapters/memory/refusals.ts';
import { refusalKind } from '../../../src/adapters/secret-server/refusal.ts';
import { secretServer } from '../../../src/adapters/secret-server/secret-server.ts';
import { textsOf } from '../../contracts/secrets-in-errors.ts';
import { aRun, aVault, gapErrorOf } from './given.ts';

type Given = Awaited<ReturnType<typeof aVault>>;

const logins = ({ server }: Given) =>
  server.traffic.requests.filter(({ path }) => path === '/oauth2/token').length;

const readerOf = ({ server }: Given) => {
  const reader = server.world.users.find(({ userName }) => userName === 'svc-vaultcheck');
  if (!reader) throw new Error('no reader');
  return reader;
};

describe('what a refused login says of itself', () => {
  it.each([
    ['Login failed.', 'account'],
    ['Invalid Duo pin code.', 'account'],
    ['This account is locked out.', 'account'],
    ['User is disabled', 'account'],
    ['Your password has expired.', 'account'],
    ['Web services are not enabled.', 'service'],
    ['Webservices are disabled on this server', 'service'],
    ['The web service is turned off', 'service'],
    ['Access from this address is not allowed.', 'unclear'],
    ['HTTP 403', 'unclear'],
  ])('%s → %s', (text, kind) => {
    expect(refusalKind(text)).toBe(kind);
  });
});

describe('a refused login', () => {
  it('is not sent again by another process with the same memory', async () => {
    await using given = await aVault();
    readerOf(given).password = 'changed behind our back';
    await given.vault.signIn();
    const other = secretServer(given.options);
    expect(await other(aRun()).signIn()).toEqual({
      state: 'refused',
      text: 'Login failed.',
      remembered: true,
      requestedAt: null,
    });
    await other.close();
    expect(logins(given)).toBe(1);
  });

  it('is tried again with another password, account or server', async () => {
    const kept: string[] = [];
    const memory = memoryRefusals();
    const refusals = {
      recall: memory.recall,
      remember: async (key: string, text: string, at: number) => {
        kept.push(key);
        await memory.remember(key, text, at);
      },
    };
    let password = 'wrong one';
    await using given = await aVault({}, () => ({
      refusals,
      reader: { username: 'svc-vaultcheck', domain: 'CORP', password: () => password },
    }));
    expect(await given.vault.signIn()).toMatchObject({ state: 'refused' });
    password = given.server.reader.password;
    const other = secretServer(given.options);
    expect(await other(aRun()).signIn()).toMatchObject({ state: 'accepted' });
    await other.close();
    expect(kept).toEqual([
      expect.stringMatching(/^secret-server:[0-9a-f]{64}$/),
      expect.stringMatching(/^secret-server:ever:[0-9a-f]{64}$/),
    ]);
  });

  it('notices a password that changes while it runs', async () => {
    let password = 'wrong one';
    await using given = await aVault({}, () => ({
      reader: { username: 'svc-vaultcheck', domain: 'CORP', password: () => password },
    }));
    expect(await given.vault.signIn()).toMatchObject({ state: 'refused', remembered: false });
    password = given.server.reader.password;
    expect(await given.vault.signIn()).toMatchObject({ state: 'accepted' });
  });

  it('is no longer refused when web services come back', async () => {
    await using given = await aVault();
    given.server.world.settings.enableWebServices = false;
    expect(await given.vault.signIn()).toMatchObject({ text: 'Web services are not enabled.' });
    given.server.world.settings.enableWebServices = true;
    expect(await given.open(aRun()).signIn()).toMatchObject({ state: 'accepted' });
  });

  it('with a text on no record is tried again only when web services are seen to be on', async () => {
    await using given = await aVault();
    const { settings } = given.server.world;
    settings.enableWebServices = false;
    settings.texts.webServicesDisabled = 'Not now.';
    settings.texts.webServicesPage = 'Not now.';
    expect(await given.vault.signIn()).toMatchObject({ text: 'Not now.', remembered: false });
    expect(await given.open(aRun()).signIn()).toMatchObject({ text: 'Not now.', remembered: true });
    expect(logins(given)).toBe(1);
    settings.enableWebServices = true;
    expect(await given.open(aRun()).signIn()).toMatchObject({ state: 'accepted' });
  });

  it('with a text on no record and web services on is about the account, and stays', async () => {
    await using given = await aVault();
    given.server.switches.set('/oauth2/token', {
      kind: 'status',
      status: 400,
      body: { error: 'Access from this address is not allowed.' },
    });
    expect(await given.vault.signIn()).toMatchObject({ state: 'refused', remembered: false });
    for (let again = 0; again < 5; again += 1) {
      expect(await given.open(aRun()).signIn()).toMatchObject({ state: 'refused', remembered: true });
    }
    expect(logins(given)).toBe(1);
    expect(readerOf(given).loginFailures).toBe(0);
  });

  it('is a gap, not a refusal, when no answer of Secret Server comes', async () => {
    await using given = await aVault();
    const off = given.server.switches.set('/oauth2/token', { kind: 'html', status: 403 });
    expect((await gapErrorOf(given.vault.signIn())).gap.cause).toBe('denied');
    off();
    given.server.switches.set('/oauth2/token', { kind: 'status', status: 503 }, 1);
    expect((await gapErrorOf(given.vault.signIn())).gap.cause).toBe('failing');
    expect(logins(given)).toBe(2);
    expect(await given.vault.signIn()).toMatchObject({ state: 'accepted' });
  });
});

describe('the token', () => {
  it('is asked for once by all who come at once, and kept', async () => {
    await using given = await aVault();
    const all = await Promise.all(Array.from({ length: 20 }, () => given.open(aRun()).signIn()));
    expect(new Set(all.map(({ requestedAt }) => requestedAt)).size).toBe(1);
    expect((await given.open(aRun()).signIn()).requestedAt).toBe(all[0]?.requestedAt);
    expect(logins(given)).toBe(1);
  });

  it('is renewed before it ends', async () => {
    let now = Date.now();
    await using given = await aVault({}, () => ({ now: () => now }));
    await given.vault.signIn();
    now += 1199_000 - 31_000;
    await given.vault.signIn();
    expect(logins(given)).toBe(1);
    now += 2000;
    await given.vault.signIn();
    expect(logins(given)).toBe(2);
  });

  it('is not renewed for any other 403, nor twice', async () => {
    await using given = await aVault();
    given.server.switches.set('/api/v1/users/current', {
      kind: 'status',
      status: 403,
      body: { message: 'Forbidden.' },
    });
    expect((await gapErrorOf(given.vault.self())).gap.cause).toBe('denied');
    expect(logins(given)).toBe(1);
    given.server.switches.set('/api/v1/users/current', { kind: 'status', status: 401 });
    expect((await gapErrorOf(given.open(aRun()).self())).gap.cause).toBe('denied');
    expect(logins(given)).toBe(2);
  });

  it('is ended when the adapter closes', async () => {
    await using given = await aVault();
    await given.vault.signIn();
    const [token] = given.server.sessions.tokens;
    await given.open.close();
    expect(given.server.sessions.holder(token)).toBe('expired');
    await expect.poll(() => given.server.traffic.openConnections).toBe(0);
  });

  it('is waited for no longer than the run lasts, while others still get it', async () => {
    await using given = await aVault();
    given.server.switches.set('/oauth2/token', { kind: 'slow', delayMs: 300 });
    const deadline = new AbortController();
    const hasty = gapErrorOf(given.open(aRun(deadline.signal)).signIn());
    const patient = given.open(aRun()).signIn();
    deadline.abort();
    expect((await hasty).gap.cause).toBe('timed-out');
    expect(await patient).toMatchObject({ state: 'accepted' });
    expect(logins(given)).toBe(1);
  });
});

describe('the password', () => {
  it('is not sent to a server whose certificate is not trusted', async () => {
    for (const certificate of ['expired', 'wrong-name', 'untrusted'] as const) {
      await using given = await aVault({ certificate });
      const { gap } = await gapErrorOf(given.vault.signIn());
      expect(gap.cause).toBe('unreachable');
      expect(gap.detail).toMatch(/certificate/);
      expect(given.server.traffic.requests).toEqual([]);
    }
  });

  it('does not travel in clear, but to this machine or where that is allowed', async () => {
    const reader = { username: 'reader', domain: null, password: () => 'p4ss' };
    const shared = { reader, refusals: memoryRefusals(), now: Date.now };
    const at = (url: string, allowInsecure: boolean) =>
      secretServer({ ...shared, url, scannerUrl: url, allowInsecure });
    const signIn = (url: string, allowInsecure = false) =>
      gapErrorOf(at(url, allowInsecure)(aRun()).signIn()).then(({ gap }) => gap.cause);
    expect(await signIn('http://vault.invalid/SecretServer')).toBe('not-configured');
    expect(await signIn('http://127.0.0.1.invalid/SecretServer')).toBe('not-configured');
    expect(await signIn('http://vault.invalid/SecretServer', true)).toBe('unreachable');
    expect(await signIn('http://127.0.0.1:1/SecretServer')).toBe('unreachable');
  });

  it('is taken out of what a server says', async () => {
    await using given = await aVault();
    const { password } = given.server.reader;
    const echo = (text: string) => ({ kind: 'status', status: 400, body: { message: text } }) as const;
    given.server.switches.set('/oauth2/token', echo(`no login for ${password}`), 1);
    expect((await given.vault.signIn()).text).toBe('no login for [sealed]');
    await using other = await aVault();
    await other.vault.signIn();
    const [token] = other.server.sessions.tokens;
    other.server.switches.set(/^\/api/, echo(`bad token ${token} of ${other.server.reader.password}`));
    const error = await gapErrorOf(other.vault.self());
    expect(error.gap.detail).toContain('bad token [sealed] of [sealed]');
    expect(textsOf(error).join('\n')).not.toContain(token);
  });
});
