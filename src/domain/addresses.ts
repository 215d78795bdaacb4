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

/** Four plain decimals, the one spelling of an IPv4 address. */
const plainFour = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const sixShape = /^[\da-f:.]*:[\da-f:.]*$/i;

/** By far the most frequent of its family: what a server does by itself comes from there. */
const loopbackSix = '::1';

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

/** How many addresses the ranges hold that none of `within` holds; what several of them hold counts once. */
export function countOutside(ranges: readonly AddressRange[], within: readonly AddressRange[]): bigint {
  return ([4, 6] as const).reduce((sum, family) => {
    const [mine, others] = [ranges, within].map((all) => all.filter((one) => one.family === family));
    return sum + countJoined([...(mine ?? []), ...(others ?? [])]) - countJoined(others ?? []);
  }, 0n);
}

/** How many addresses ranges of one family hold together. */
function countJoined(ranges: readonly AddressRange[]): bigint {
  const sorted = ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1));
  let [count, next] = [0n, 0n];
  for (const { first, last } of sorted) {
    const start = first > next ? first : next;
    if (start <= last) [count, next] = [count + last - start + 1n, last + 1n];
  }
  return count;
}

/** The one spelling of a single address (`::FFFF:10.0.0.1` is `10.0.0.1`), or undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  return text === loopbackSix || plainFour.test(text) ? text : read(withoutZone(text.trim()))?.toString();
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
  const address = read(text);
  if (!address) return undefined;
  const digits = address instanceof ipaddr.IPv4 ? address.octets : address.parts;
  const width = address instanceof ipaddr.IPv4 ? 8n : 16n;
  return {
    family: address instanceof ipaddr.IPv4 ? 4 : 6,
    value: digits.reduce((sum, digit) => (sum << width) | BigInt(digit), 0n),
  };
}

/** Asks the library only what it does not answer by an exception: those are slow, and events come in floods. */
function read(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (plainFour.test(text)) return ipaddr.IPv4.parse(text);
  if (!sixShape.test(text) || hasLooseTail(text) || !ipaddr.IPv6.isValid(text)) return undefined;
  const six = ipaddr.IPv6.parse(text);
  return six.isIPv4MappedAddress() ? six.toIPv4Address() : six;
}

/** Whether an IPv6 address ends in an IPv4 part that is not four plain decimals. */
function hasLooseTail(text: string): boolean {
  const tail = text.slice(text.lastIndexOf(':') + 1);
  return tail.includes('.') && !plainFour.test(tail);
}

/** Link-local peers carry the name of the interface (`fe80::1%eth0`), which is ours and not theirs. */
function withoutZone(address: string): string {
  const at = address.indexOf('%');
  return at < 0 ? address : address.slice(0, at);
}
