import { z } from 'zod';
import { flagOrNull, timeOrNull } from './shapes.ts';

/** The anonymous health check. `healthy` makes it Secret Server's; its clocks are left out by some versions. */
export const HealthCheck = z
  .object({ healthy: z.boolean(), readOnlyMode: flagOrNull, now: timeOrNull, utcNow: timeOrNull })
  .transform(({ healthy, readOnlyMode, now, utcNow }) => ({
    healthy,
    readOnly: readOnlyMode,
    clocks: now && utcNow ? { now, utcNow } : null,
  }));
export type HealthCheck = z.infer<typeof HealthCheck>;
