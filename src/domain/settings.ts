import { z } from 'zod';
import { Instant } from './instant.ts';

/** An account as people write it: `domain` is null for one that is local to the vault. */
export const Account = z.strictObject({ username: z.string().min(1), domain: z.string().min(1).nullable() });
export type Account = z.infer<typeof Account>;

/** One scanning machine. `addresses` are what Secret Server sees (after NAT), `lan` what Qualys shows. */
export const Appliance = z.strictObject({
  name: z.string().min(1),
  addresses: z.array(z.string()),
  lan: z.string().nullable(),
  site: z.string().nullable(),
});
export type Appliance = z.infer<typeof Appliance>;

/** A finding that somebody accepted: that day (UTC) is the last on which the waiver counts. */
export const Waiver = z.strictObject({
  check: z.string(),
  secret: z.string().nullable(),
  reason: z.string().min(1),
  until: z.iso.date(),
});
export type Waiver = z.infer<typeof Waiver>;

/**
 * What the configuration says of one integration, in the words of the rules and without any credential.
 * It is part of saved evidence, so that a report can be judged again elsewhere.
 */
export const Settings = z.strictObject({
  integration: z.string().min(1),
  vaultUrl: z.url(),
  /** The address that Qualys uses; the same as `vaultUrl` where nothing else is configured. */
  scannerUrl: z.url(),
  reader: Account,
  timeZone: z.string().nullable(),
  eventsTimeZone: z.string().nullable(),
  senders: z.array(z.string()),
  /** Other spellings of a domain: NetBIOS name to DNS names. */
  domains: z.record(z.string(), z.array(z.string())),
  scanAccounts: z.array(Account).min(1),
  scanGroup: z.string().nullable(),
  folder: z.string().nullable(),
  folderAdmins: z.array(z.string()).nullable(),
  /** The watched secrets: their names, or all that lie in `folder`. */
  secrets: z.union([z.array(z.string().min(1)), z.literal('folder')]),
  appliances: z.array(Appliance),
  qualys: z
    .strictObject({
      url: z.url(),
      username: z.string(),
      vaults: z.array(z.string()),
      recordTypes: z.array(z.string()),
      failedAuthenticationQids: z.array(z.int()),
    })
    .nullable(),
  directory: z
    .strictObject({ url: z.string(), baseDn: z.string(), accounts: z.record(z.string(), z.string()) })
    .nullable(),
  expectEvents: z.enum(['syslog', 'email', 'either', 'none']),
  listening: z.boolean(),
  accept: z.array(Waiver),
  scanEveryMs: z.int().positive(),
});
export type Settings = z.infer<typeof Settings>;

/** What a rule is told beside the evidence. `at` is the moment of judging; rules have no clock of their own. */
export const Context = z.strictObject({ settings: Settings, secret: z.string().min(1), at: Instant });
export type Context = z.infer<typeof Context>;

/** The start of "the window": how far back audits and proofs are looked for. */
export function windowStart({ settings, at }: Context): Instant {
  return at - settings.scanEveryMs;
}
