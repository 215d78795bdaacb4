import type { Instant } from '../domain/instant.ts';

/**
 * Moments that the looks of an integration have come to, under a name of their own. They survive restarts and are the
 * same for all processes. A mark never goes back.
 */
export type Marks = {
  read(integration: string, name: string): Promise<Instant | null>;
  advance(integration: string, name: string, to: Instant): Promise<void>;
};
