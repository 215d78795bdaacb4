import { z } from 'zod';

/** A granted login. Its life is 20 minutes by default; where it is not told, ten are assumed. */
export const Token = z
  .object({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() })
  .transform(({ access_token, expires_in }) => ({ token: access_token, lifeMs: (expires_in ?? 600) * 1000 }));
export type Token = z.infer<typeof Token>;
