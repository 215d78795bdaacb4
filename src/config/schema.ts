import { z } from 'zod';
import { IntegrationSection } from './integration-section.ts';
import { Incidents, Keep, Listeners, Watch } from './service-sections.ts';
import { SlackSection } from './slack-section.ts';

/** The whole configuration file, as its readers see it: durations in milliseconds, defaults filled in. */
export const ConfigFile = z
  .strictObject({
    version: z.literal(1, { error: 'must be 1, the version of this form of the file' }),
    slack: SlackSection.describe('Needed by `start` only.').optional(),
    integrations: z.array(IntegrationSection).min(1, 'must name at least one integration'),
    listeners: Listeners.describe('Where events of Secret Server are received.').prefault({}),
    watch: Watch.describe('How often Vaultcheck looks by itself.').prefault({}),
    incidents: Incidents.prefault({}),
    keep: Keep.describe('How long things are kept; older ones are removed.').prefault({}),
  })
  .describe('The configuration of Vaultcheck.');
export type ConfigFile = z.infer<typeof ConfigFile>;

/** The part of JSON Schema that descriptions and known keys are looked up in. */
export type SchemaNode = {
  description?: string;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  additionalProperties?: SchemaNode | boolean;
  anyOf?: SchemaNode[];
};

/** The file's JSON Schema, for editors: draft 7, which all of them read. */
export function configJsonSchema(): SchemaNode {
  return z.toJSONSchema(ConfigFile, { io: 'input', target: 'draft-7' }) as SchemaNode;
}
