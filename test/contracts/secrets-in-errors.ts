/**
 * Every text that hangs on a value, at any depth: own properties by name and symbol, hidden ones too, the cause, the
 * stack and what its prototypes compute. For looking for what must not be there.
 */
export function textsOf(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'symbol') return [value.description ?? ''];
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
    return [];
  seen.add(value);
  const entries = value instanceof Map || value instanceof Set ? [...value.entries()].flat() : [];
  const fields = Reflect.ownKeys(value).flatMap((key) => [
    ...textsOf(key, seen),
    ...textsOf(Reflect.getOwnPropertyDescriptor(value, key)?.value, seen),
  ]);
  const computed =
    value instanceof Error ? [value.name, value.message, value.stack ?? '', String(value)] : [];
  return [...computed, ...fields, ...entries.flatMap((entry) => textsOf(entry, seen))];
}
