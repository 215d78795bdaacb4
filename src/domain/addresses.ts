import ipaddr from 'ipaddr.js';

/**
 * Addresses that belong together, both ends included. An IPv4-mapped IPv6 address counts as the IPv4 address it
 * carries, because a dual-stack socket shows IPv4 callers that way.
 */
export type AddressRange = {
  /** As it was written. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
};

type Address = { readonly family: 4 | 6; readonly value: bigint };

const bits = { 4: 32n, 6: 128n } as const;

/** 96 leading bits say that an IPv6 address carries an IPv4 address (RFC 4291, 2.5.5.2). */
const mappedPrefix = 96;

/**
 * Reads a single address, a range `a-b` or a CIDR block; host bits of a block may be set.
 * Undefined for anything else: a host name, `10.1`, `010.0.0.1` (octal for some, decimal for others), a range
 * across families, an end before its start.
 */
export function addressRange(text: string): AddressRange | undefined {
  const written = text.trim();
  if (written.includes('/')) return block(written);
  const [start = '', end = start, ...rest] = written.split('-').map((part) => part.trim());
  const first = parse(start);
  const last = parse(end);
  if (!first || !last || rest.length > 0) return undefined;
  if (first.family !== last.family || first.value > last.value) return undefined;
  return { text: written, family: first.family, first: first.value, last: last.value };
}

/** Whether the range holds the address. An address that cannot be read is in no range. */
export function contains(range: AddressRange, address: string): boolean {
  const found = parse(withoutZone(address));
  return found?.family === range.family && range.first <= found.value && found.value <= range.last;
}

/** How many addresses the range holds. */
export function size(range: AddressRange): bigint {
  return range.last - range.first + 1n;
}

/** The one spelling of a single address (`::FFFF:10.0.0.1` is `10.0.0.1`), or undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  const bare = withoutZone(text.trim());
  return parse(bare) && ipaddr.process(bare).toString();
}

function block(text: string): AddressRange | undefined {
  const [base = '', prefix = '', ...rest] = text.split('/');
  const address = parse(base);
  if (!address || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(prefix)) return undefined;
  // A block of mapped addresses is a block of IPv4 when it lies within them.
  const length = Number(prefix) - (address.family === 4 && base.includes(':') ? mappedPrefix : 0);
  const width = bits[address.family];
  if (length < 0 || length > width) return undefined;
  const free = width - BigInt(length);
  const first = (address.value >> free) << free;
  return { text, family: address.family, first, last: first + (1n << free) - 1n };
}

function parse(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ofFour(ipaddr.IPv4.parse(text));
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  if (hasLooseTail(text)) return undefined;
  const six = ipaddr.IPv6.parse(text);
  if (six.isIPv4MappedAddress()) return ofFour(six.toIPv4Address());
  return { family: 6, value: six.parts.reduce((sum, part) => (sum << 16n) | BigInt(part), 0n) };
}

function ofFour(address: ipaddr.IPv4): Address {
  return { family: 4, value: BigInt(address.octets.reduce((sum, octet) => sum * 256 + octet, 0)) };
}

/** Whether an IPv6 address ends in an IPv4 part that is not four plain decimals. */
function hasLooseTail(text: string): boolean {
  const tail = text.slice(text.lastIndexOf(':') + 1);
  return tail.includes('.') && !ipaddr.IPv4.isValidFourPartDecimal(tail);
}

/** Link-local peers carry the name of the interface (`fe80::1%eth0`), which is ours and not theirs. */
function withoutZone(address: string): string {
  const at = address.indexOf('%');
  return at < 0 ? address : address.slice(0, at);
}
