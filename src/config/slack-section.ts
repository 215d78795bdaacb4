import { z } from 'zod';
import { ChannelId, PersonOrGroupId, TimeZone } from './values.ts';

/** Who may do something: everybody of the workspace, or those named. */
export const Allowed = z.union([z.literal('anyone'), z.array(PersonOrGroupId)], {
  error: 'must be the word anyone, or a list of ids of users (U…) and user groups (S…)',
});
export type Allowed = z.infer<typeof Allowed>;

const ClockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day in quotes, such as "20:00"');

/** The part about Slack. Only `start` needs it. */
export const SlackSection = z.strictObject({
  alerts: ChannelId.describe('Channel for incidents, by its id; an integration may override it.').optional(),
  reports: ChannelId.describe('Channel for scheduled reports and the digest.').optional(),
  access: z
    .strictObject({
      check: Allowed.describe('Who may run checks and audits.').default([]),
      incidents: Allowed.describe('Who may acknowledge and resolve incidents.').default([]),
      admin: Allowed.describe('Who may change settings and read the command log. Absent: nobody.').default(
        [],
      ),
    })
    .describe(
      'Who may do what: ids of users (U…) and user groups (S…), or the word anyone. `start` refuses without it.',
    )
    .optional(),
  quietHours: z
    .strictObject({ from: ClockTime, to: ClockTime, timeZone: TimeZone })
    .describe('When only lockouts mention people.')
    .optional(),
});
export type SlackSection = z.infer<typeof SlackSection>;
