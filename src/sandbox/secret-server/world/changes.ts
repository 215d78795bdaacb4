type Value = string | number | boolean | null | undefined;

const shown = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

const isPlain = (value: unknown): value is Value => typeof value !== 'object' || value === null;

const pascal = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;

/**
 * Applies the patch and says what changed, as Secret Server writes it: `IsLockedOut: true to false; LoginFailures: 5 to 0;`.
 * Nested objects are patched field by field. `hidden` fields change without their values being told.
 */
export function applyChanges<Target extends object>(
  target: Target,
  patch: object,
  hidden: readonly string[] = [],
): string {
  const notes: string[] = [];
  for (const [name, value] of Object.entries(patch)) {
    const held = target as Record<string, unknown>;
    const before = held[name];
    if (isPlain(before) && isPlain(value)) {
      held[name] = value;
      if (before !== value && !hidden.includes(name)) {
        notes.push(`${pascal(name)}: ${shown(before)} to ${shown(value)};`);
      }
    } else if (!Array.isArray(value) && !isPlain(before) && !isPlain(value)) {
      notes.push(applyChanges(before ?? {}, value ?? {}, hidden));
    } else {
      held[name] = value;
    }
  }
  return notes.filter(Boolean).join(' ');
}
