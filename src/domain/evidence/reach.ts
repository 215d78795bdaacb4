import { z } from 'zod';
import { Instant } from '../instant.ts';
import { told } from '../told.ts';

/** Where a question of the network was asked from: `here` is the bot's own host, anything else the name of a site. */
export const here = 'here';

const seen = <S extends z.ZodType>(shape: S) =>
  z.array(z.strictObject({ place: z.string(), told: told(shape) }));

const Resolved = z.strictObject({ addresses: z.array(z.string()), failure: z.string().nullable() });

/** What each place's resolver says of the scanner URL's host. `literal`: the host is an address, nothing to resolve. */
export const Resolution = z.strictObject({
  host: z.string(),
  literal: z.boolean(),
  seen: seen(Resolved),
});
export type Resolution = z.infer<typeof Resolution>;

/** What became of a bare TCP connection. `filtered`: nothing came back in time. `unresolved`: no address to try. */
export const ConnectionState = z.enum(['open', 'refused', 'no-route', 'filtered', 'unresolved']);
export type ConnectionState = z.infer<typeof ConnectionState>;

const Dialled = z.strictObject({ state: ConnectionState, detail: z.string() });

export const Connection = z.strictObject({ host: z.string(), port: z.int(), seen: seen(Dialled) });
export type Connection = z.infer<typeof Connection>;

export const CertificateProblem = z.enum([
  'expired',
  'not-yet-valid',
  'wrong-name',
  'untrusted',
  'old-protocol',
  'no-handshake',
]);
export type CertificateProblem = z.infer<typeof CertificateProblem>;

/** One TLS handshake. `problem` null: valid for the name and trusted. A host that could not be connected to is a gap. */
export const Handshake = z.strictObject({
  problem: CertificateProblem.nullable(),
  detail: z.string(),
  protocol: z.string().nullable(),
  subject: z.string().nullable(),
  issuer: z.string().nullable(),
  validTo: Instant.nullable(),
});
export type Handshake = z.infer<typeof Handshake>;

/** `encrypted` false: the scanner URL is `http:`, so there is no handshake and `seen` is empty. */
export const Certificate = z.strictObject({
  host: z.string(),
  encrypted: z.boolean(),
  seen: seen(Handshake),
});
export type Certificate = z.infer<typeof Certificate>;

/**
 * The anonymous health check at the scanner URL. Here silence is a fact, not a gap.
 * - `answered` Secret Server's own JSON: `healthy` and `readOnly` are what it says
 * - `silent` no connection or no whole answer in 10 s
 * - `foreign` something else answers there: a page, a 404, JSON of another kind
 * - `failing` an error of the server (5xx)
 */
export const Health = z.strictObject({
  url: z.string(),
  state: z.enum(['answered', 'silent', 'foreign', 'failing']),
  healthy: z.boolean().nullable(),
  readOnly: z.boolean().nullable(),
  detail: z.string(),
  /** Whether the configured path looks as if `/SecretServer` were missing. */
  pathSuspect: z.boolean(),
});
export type Health = z.infer<typeof Health>;

/**
 * What the SOAP address, which the appliance calls, says when asked for its description.
 * `described`: it is Secret Server's. `refused`: it says that web services are off. `foreign`: another answer. `silent`: none.
 */
export const SoapDescription = z.strictObject({
  url: z.string(),
  state: z.enum(['described', 'refused', 'foreign', 'silent']),
  detail: z.string(),
});
export type SoapDescription = z.infer<typeof SoapDescription>;

/**
 * How the reader's own login ended. `refused` carries the vendor's text: `Login failed.` is a wrong name or password.
 * `remembered`: the refusal is from before, and was not tried again.
 */
export const ReaderLogin = z.strictObject({
  state: z.enum(['accepted', 'refused']),
  text: z.string().nullable(),
  remembered: z.boolean(),
});
export type ReaderLogin = z.infer<typeof ReaderLogin>;

/** All that a probe inside a site's network saw of the way to Secret Server. `certificate` null: not asked for. */
export const SiteSight = z.strictObject({
  resolution: Resolved,
  connection: Dialled,
  certificate: told(Handshake).nullable(),
});
export type SiteSight = z.infer<typeof SiteSight>;

/** Whether a probe inside a site's network got through to Secret Server in this run. */
export const SiteReach = z.array(
  z.strictObject({
    site: z.string(),
    told: told(z.strictObject({ reached: z.boolean(), detail: z.string() })),
  }),
);
export type SiteReach = z.infer<typeof SiteReach>;
