import { describe, expect, it } from 'vitest';
import { memoryRefusals } from '../../src/adapters/memory/refusals.ts';
import { refusedLogins } from '../../src/adapters/refused-logins.ts';

const reader = { system: 'secret-server', account: ['https://vault.example', 'CORP', 'svc-vaultcheck'] };

/** One store, as processes share it, and every key that it was asked for or given. */
function aStore() {
  const memory = memoryRefusals();
  const keys: string[] = [];
  const refusals: typeof memory = {
    recall: (key) => {
      keys.push(key);
      return memory.recall(key);
    },
    remember: (key, text, at) => {
      keys.push(key);
      return memory.remember(key, text, at);
    },
  };
  const ofAnother = (more: { password?: string; account?: string[] } = {}) => {
    const { password = 'hunter2-canary', ...other } = more;
    return refusedLogins({ ...reader, ...other, password: () => password, refusals, now: () => 5 });
  };
  return { keys, ofAnother };
}

describe('the memory of refused logins', () => {
  it('tells every process that this very password was refused, and no other password', async () => {
    const { ofAnother } = aStore();
    expect(await ofAnother().recall()).toBeNull();
    await ofAnother().remember('Login failed.');
    expect(await ofAnother().recall()).toBe('Login failed.');
    expect(await ofAnother({ password: 'changed' }).recall()).toBeNull();
    expect(await ofAnother({ account: ['https://vault.example', 'CORP', 'other'] }).recall()).toBeNull();
  });

  it('knows an account in any case of its letters', async () => {
    const { ofAnother } = aStore();
    await ofAnother().remember('Login failed.');
    const shouted = reader.account.map((one) => one.toUpperCase());
    expect(await ofAnother({ account: shouted }).recall()).toBe('Login failed.');
  });

  it('keeps refusals of different weight apart', async () => {
    const { ofAnother } = aStore();
    await ofAnother().remember('strange', 'unclear');
    expect(await ofAnother().recall()).toBeNull();
    expect(await ofAnother().recall('unclear')).toBe('strange');
  });

  it('follows a password that changes while it is used', async () => {
    const { ofAnother } = aStore();
    let password = 'one';
    const refused = refusedLogins({
      ...reader,
      password: () => password,
      refusals: memoryRefusals(),
      now: () => 5,
    });
    await refused.remember('Login failed.');
    password = 'two';
    expect(await refused.recall()).toBeNull();
    await refused.remember('Locked.');
    expect(await refused.recall()).toBe('Locked.');
    expect(await ofAnother().recall()).toBeNull();
  });

  it('asks for one quick key alone where nothing was ever refused', async () => {
    const { keys, ofAnother } = aStore();
    await ofAnother().recall();
    expect(keys).toEqual([expect.stringMatching(/^secret-server:ever:[0-9a-f]{64}$/)]);
  });

  it('makes no key of which the password could be read or quickly guessed', async () => {
    const { keys, ofAnother } = aStore();
    await ofAnother().remember('Login failed.');
    await ofAnother().recall();
    expect(keys.join(' ')).not.toContain('hunter2-canary');
    const quick = keys.filter((key) => key.includes(':ever:'));
    await ofAnother({ password: 'another' }).recall();
    expect(new Set([...quick, ...keys.filter((key) => key.includes(':ever:'))]).size).toBe(1);
  });
});
