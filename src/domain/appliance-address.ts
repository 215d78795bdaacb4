import { type AddressRange, addressRange, contains } from './addresses.ts';
import type { ReaderSeenFrom } from './evidence/account.ts';
import type { Appliance } from './settings.ts';
import type { Told } from './told.ts';

/** The ranges that Secret Server may see an appliance as; what cannot be read as an address is left out. */
export function rangesOf(appliances: readonly Appliance[]): AddressRange[] {
  return appliances.flatMap((one) => one.addresses.flatMap((text) => addressRange(text) ?? []));
}

/** The appliance that an address belongs to. */
export function applianceAt(address: string | null, appliances: readonly Appliance[]): Appliance | undefined {
  if (address === null) return undefined;
  return appliances.find((one) => rangesOf([one]).some((range) => contains(range, address)));
}

/**
 * The address under which the reader itself was seen, when it is an appliance's: then a proxy or gateway hides who is
 * who, and addresses prove nothing. Undefined when there is none, or when it could not be read.
 */
export function sharedAddress(
  seenFrom: Told<ReaderSeenFrom>,
  appliances: readonly Appliance[],
): string | undefined {
  const address = 'known' in seenFrom ? seenFrom.known.address : null;
  return address !== null && applianceAt(address, appliances) ? address : undefined;
}
