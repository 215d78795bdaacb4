import { describe, expect, it } from 'vitest';
import { policyOf } from '../../src/slack/policy.ts';

describe('policyOf', () => {
  it.each([
    ['channel_not_found', 'elsewhere'],
    ['not_in_channel', 'elsewhere'],
    ['is_archived', 'elsewhere'],
    ['message_not_found', 'anew'],
    ['cant_update_message', 'anew'],
    ['invalid_blocks', 'plain'],
    ['msg_blocks_too_long', 'plain'],
    ['invalid_auth', 'never'],
    ['missing_scope', 'never'],
    ['ratelimited', 'later'],
    ['internal_error', 'later'],
    ['http-503', 'later'],
    ['unreachable', 'later'],
    ['a_word_of_tomorrow', 'later'],
  ])('%s → %s', (code, policy) => {
    expect(policyOf(code)).toBe(policy);
  });
});
