import { z } from 'zod';

/**
 * The file as far as rules across fields read it, with holes where something is missing or wrong: so that a rule
 * speaks although another part of the file has mistakes of its own.
 */
const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

/** Positions stay: a wrong item becomes a hole and does not move the others. */
function list<S extends z.ZodType>(item: S) {
  return z.array(item.optional().catch(undefined)).catch([]).default([]);
}

const account = z.object({ username: text, domain: text });

const integration = z.object({
  name: text,
  secretServer: z
    .object({
      url: text,
      scannerUrl: text,
      insecure: flag,
      proxy: flag,
      reader: account.optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  domains: z.record(z.string(), z.array(z.string())).catch({}).default({}),
  scanAccounts: list(account),
  folder: text,
  secrets: z
    .union([z.literal('folder'), list(z.string())])
    .catch([])
    .default([]),
  appliances: list(z.object({ name: text })),
  qualys: z.object({ url: text, insecure: flag }).optional().catch(undefined),
  directory: z.object({ url: text, insecure: flag, startTls: flag }).optional().catch(undefined),
  accept: list(z.object({ check: text })),
});
export type DraftIntegration = z.infer<typeof integration>;

const Draft = z
  .object({
    slack: z.object({ access: z.unknown() }).optional().catch(undefined),
    integrations: list(integration),
  })
  .catch({ integrations: [] });
type Draft = z.infer<typeof Draft>;

export function draftOf(value: unknown): Draft {
  return Draft.parse(value);
}
