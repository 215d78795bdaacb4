import { BlockList, isIPv6 } from 'node:net';
import type { User } from './accounts.ts';
import { groupsOf } from './rights.ts';
import type { World } from './world.ts';

/** Whether Secret Server lets the account in from there: loopback always, otherwise by its ranges and its groups'. */
export function addressAdmitted(world: World, user: User, from: string): boolean {
  const address = from.replace(/^::ffff:/i, '');
  if (address === '127.0.0.1' || address === '::1') return true;
  const own = rangesOf(world, user.restrictionIds);
  const grouped = rangesOf(
    world,
    groupsOf(world, user).flatMap((group) => group.restrictionIds),
  );
  const sides = [own, grouped].filter((ranges) => ranges.length > 0).map((ranges) => inAny(ranges, address));
  if (sides.length === 0) return true;
  return world.settings.addressRule === 'both' ? sides.every(Boolean) : sides.some(Boolean);
}

function rangesOf(world: World, ids: number[]): string[] {
  return world.restrictions.filter(({ id }) => ids.includes(id)).map(({ range }) => range);
}

function inAny(ranges: string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) add(list, range.trim());
  return list.check(address, family(address));
}

function add(list: BlockList, range: string): void {
  const [start = '', end] = range.split('-').map((part) => part.trim());
  const [net = '', bits] = range.split('/');
  if (end !== undefined) list.addRange(start, end, family(start));
  else if (bits !== undefined) list.addSubnet(net, Number(bits), family(net));
  else list.addAddress(range, family(range));
}

const family = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
