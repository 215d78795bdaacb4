/** Something that the process needs (Redis, Slack) is away. The message says what, where, and what to do. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}
