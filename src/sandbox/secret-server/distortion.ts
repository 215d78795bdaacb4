type Json = unknown;

type Distort = (value: Json) => Json;

/** A value that no reader of the right kind takes for one: objects and arrays stay, what is in them turns. */
export const wrongType: Distort = (value) => {
  if (typeof value === 'string') return { unexpected: true };
  if (typeof value === 'number') return 'not a number';
  if (typeof value === 'boolean') return 'perhaps';
  return [];
};

export const nothing: Distort = () => null;

/** Used as a distortion, removes the field. */
export const absent: Distort = () => undefined;

/** Changes every leaf of the document, or every field of these names at any depth. */
export function distort(value: Json, how: Distort, names?: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((one) => (isContainer(one) ? distort(one, how, names) : one));
  if (!isContainer(value)) return names ? value : how(value);
  const fields = Object.entries(value as Record<string, Json>).map(([name, field]) => {
    if (names?.includes(name)) return [name, how(field)];
    return [name, isContainer(field) || !names ? distort(field, how, names) : field];
  });
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
}

const isContainer = (value: Json) => typeof value === 'object' && value !== null;
