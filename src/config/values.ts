import { z } from 'zod';
import { addressRange, canonicalAddress } from '../domain/addresses.ts';
import { dayMs, hourMs, minuteMs } from '../domain/instant.ts';

/** Text that says something. Numbers and true/false of YAML are refused, since `0042` would lose its zeros. */
export const Text = z.string().trim().min(1, 'must not be empty');

const units = { s: 1000, m: minuteMs, h: hourMs, d: dayMs } as const;
const durationForm = 'must be a length of time such as 90s, 15m, 12h or 7d';

/** `90s`, `15m`, `12h`, `7d`, to milliseconds; undefined for anything else, zero and over ten years included. */
export function durationMs(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const ms = Number(count) * units[unit as keyof typeof units];
  return ms <= 3660 * dayMs ? ms : undefined;
}

export const Duration = z.string({ error: durationForm }).transform((text, context) => {
  const ms = durationMs(text);
  if (ms !== undefined) return ms;
  context.issues.push({ code: 'custom', message: durationForm, input: text });
  return z.NEVER;
});

const secretForm =
  'a secret never stands in this file: write { env: NAME } for a variable or { file: PATH } for a file';

const variableForm = 'must be the name of a variable, such as SECRET_SERVER_PASSWORD';

/** Where a secret is found. */
export const SecretSource = z.union(
  [
    z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, variableForm) }),
    z.strictObject({ file: z.string().min(1) }),
  ],
  { error: secretForm },
);
export type SecretSource = z.infer<typeof SecretSource>;

/** The address of a vendor's service, without anything secret in it. */
export const ServiceUrl = z
  .string()
  .superRefine((text, context) => {
    const wrong = serviceUrlProblem(text);
    if (wrong !== null) context.addIssue({ code: 'custom', message: wrong });
  })
  .meta({ format: 'uri' });

function serviceUrlProblem(text: string): string | null {
  const url = parsedUrl(text);
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname)
    return 'must be a URL that begins with https://';
  if (url.username || url.password) return 'must not carry a user name or password';
  if (url.search || url.hash) return 'must end with its path: no ? and no #';
  if (isPlatformHost(url.hostname))
    return 'is a Delinea Platform tenant, which Vaultcheck does not support yet: give the URL of a Secret Server';
  return null;
}

/** A URL taken apart; undefined when it is none. */
export function parsedUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Tenants of the Delinea Platform, which has another login and other addresses than Secret Server. */
function isPlatformHost(host: string): boolean {
  return /(^|\.)delinea\.app$/i.test(host);
}

export const TimeZone = z.string().refine(isTimeZone, 'must be a time zone such as UTC or Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const AddressRangeText = z
  .string()
  .refine(
    (text) => addressRange(text) !== undefined,
    'must be an address, a range a-b or a block such as 10.20.0.0/16',
  );

export const SingleAddress = z
  .string()
  .refine((text) => canonicalAddress(text) !== undefined, 'must be one IPv4 or IPv6 address');

const socketForm = 'must be host:port, such as 0.0.0.0:5514';

/** Where a listener is bound. */
export const SocketAddress = z.string({ error: socketForm }).transform((text, context) => {
  const address = socketAddress(text);
  if (address !== undefined) return address;
  context.issues.push({ code: 'custom', message: socketForm, input: text });
  return z.NEVER;
});

/** `host:port` taken apart; an IPv6 address stands in brackets. */
export function socketAddress(text: string): { host: string; port: number } | undefined {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([^:\s[\]]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) return undefined;
  return { host, port: Number(port) };
}

/** The name of a site: part of a key and of a pattern in Redis, so it has no sign that means something there. */
export const siteNamePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

const idForm = (what: string) => `must be ${what}, as Slack shows it under "Copy ID"`;

export const ChannelId = z.string().regex(/^[CG][A-Z0-9]{2,}$/, idForm('the id of a channel (C…)'));
export const GroupId = z.string().regex(/^S[A-Z0-9]{2,}$/, idForm('the id of a user group (S…)'));
export const PersonOrGroupId = z
  .string()
  .regex(/^[UWS][A-Z0-9]{2,}$/, idForm('the id of a user (U…) or of a user group (S…)'));
