import { z } from 'zod';

/** The identifiers that stand in messages which people still have open: changing one breaks their buttons. */
export const actionIds = {
  rerun: 'report.rerun',
  details: 'report.details',
  audit: 'report.audit',
  share: 'report.share',
  /** Another page of the details, within the modal. */
  page: 'report.page',
  /** Runs a suggested command. Several stand in one row, so a number follows: `command.run.2`. */
  run: 'command.run',
  /** The secret in the modal of the shortcut. */
  secret: 'check.secret',
  acknowledge: 'incident.acknowledge',
  resolve: 'incident.resolve',
  checkIncident: 'incident.check',
  /** The overflow menu; what was chosen stands in the option's value. */
  more: 'incident.more',
} as const;

export const callbackIds = {
  checkSecret: 'check.secret',
  details: 'report.details',
  resolve: 'incident.resolve',
} as const;
export const blockIds = { secret: 'secret', cause: 'cause', note: 'note' } as const;
/** The inputs of the form of Resolve. */
export const resolveValue = 'value';
export const eventTypes = { report: 'vaultcheck_report', incident: 'vaultcheck_incident' } as const;

/** The value of a report's button: the run it acts on. At most 75 characters. */
export const RunValue = z.strictObject({ v: z.literal(1), run: z.string().min(1).max(50) });

/** The value of a page button. */
export const PageValue = z.strictObject({
  v: z.literal(1),
  run: z.string().min(1).max(50),
  page: z.int().min(0).max(99),
});

/** The value of a suggestion: the text of a command. */
export const WordsValue = z.strictObject({ v: z.literal(1), words: z.string().min(1).max(1500) });

/** The value of an incident's button: the incident it acts on. At most 75 characters. */
export const IncidentValue = z.strictObject({ v: z.literal(1), id: z.string().min(1).max(40) });

/** The value of an option of `incident.more`. */
export const MoreValue = IncidentValue.extend({
  do: z.enum(['snooze-30m', 'snooze-2h', 'snooze-morning', 'escalate', 'audit']),
});
export type MoreValue = z.infer<typeof MoreValue>;

/** What the form of Resolve remembers. `all`: opened from a card of several, and meant for all of them. */
export const ResolveOrigin = IncidentValue.extend({
  all: z.boolean(),
  channel: z.string(),
  reply: z.strictObject({ url: z.url(), until: z.int() }).nullable(),
});

/** What a modal remembers of where it was opened. */
export const Origin = z.strictObject({
  v: z.literal(1),
  channel: z.string(),
  reply: z.strictObject({ url: z.url(), until: z.int() }).nullable(),
});
export type Origin = z.infer<typeof Origin>;

/** The text of a value. */
export function asValue(value: object): string {
  return JSON.stringify({ v: 1, ...value });
}

/** The value of a button by its shape; null for an old form, a foreign one and for none. */
export function readValue<S extends z.ZodType>(shape: S, text: string | undefined): z.infer<S> | null {
  try {
    const read = shape.safeParse(JSON.parse(text ?? ''));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
