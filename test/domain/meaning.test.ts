import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../src/domain/meaning.ts';

const proof = { level: 'none', at: null, text: 'p' } as const;

describe('what a cause means for the scan', () => {
  it.each([
    ['secret-doublelock', 'the scan cannot get this password'],
    ['qualys-vault-current', 'the scan cannot get this password'],
    ['secret-heartbeat', 'the scan gets this password, but cannot log in with it'],
    ['password-in-step', 'the scan gets this password, but cannot log in with it'],
    ['directory-account-usable', 'the scan gets this password, but cannot log in with it'],
  ])('%s: %s', (check, meaning) => {
    const diagnosis = { kind: 'cause', check, text: 't', next: 'n', explains: [] as string[] } as const;
    expect(meaningOf({ overall: 'fail', diagnosis, proof })).toBe(meaning);
  });
});
