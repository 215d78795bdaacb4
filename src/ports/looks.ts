/** A wish to look sooner than the schedule says. `secret` is null where all accounts are looked at. */
export type LookRequest = {
  integration: string;
  look: 'poll' | 'check';
  secret: string | null;
  inMs: number;
};

/** Polls and checks ahead of their time. Several wishes for about the same time may be one look. */
export type Looks = { soon(request: LookRequest): Promise<void> };
