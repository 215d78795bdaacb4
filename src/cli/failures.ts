/** The command cannot be run as it was typed. The message says what is wrong and what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
