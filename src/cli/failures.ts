/** The command cannot be run as it was typed. The message says what is wrong and what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something that the command needs (Redis, Slack) is away. The message says what, where, and what to do. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}
