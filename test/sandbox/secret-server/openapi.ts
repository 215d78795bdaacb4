import { readFileSync } from 'node:fs';

type Schema = {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
};

type Document = {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content: Record<string, { schema: Schema }> }> }>
  >;
  components: { schemas: Record<string, Schema> };
};

/**
 * Compares answers with a vendor's OpenAPI document. Nulls fit everything, since the document marks nothing nullable and
 * real replies hold them; a field that the document does not know is a fault.
 */
export function openApi(file: string) {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;

  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : resolve(document.components.schemas[name] ?? {});
  };

  const faults = (value: unknown, given: Schema, at: string): string[] => {
    const schema = resolve(given);
    if (value === null || value === undefined) return [];
    if (schema.enum) return schema.enum.includes(value) ? [] : [`${at}: ${String(value)} is no member`];
    if (schema.type === 'array') {
      if (!Array.isArray(value)) return [`${at}: no array`];
      return value.flatMap((one, index) => faults(one, schema.items ?? {}, `${at}[${index}]`));
    }
    if (schema.type === 'integer') return Number.isInteger(value) ? [] : [`${at}: no integer`];
    if (schema.type === 'object' || schema.properties) return ofObject(value, schema, at);
    if (schema.type && typeof value !== schema.type) return [`${at}: no ${schema.type}`];
    return [];
  };

  const ofObject = (value: unknown, schema: Schema, at: string): string[] => {
    if (typeof value !== 'object' || Array.isArray(value)) return [`${at}: no object`];
    if (!schema.properties) return [];
    return Object.entries(value as object).flatMap(([name, field]) => {
      const known = schema.properties?.[name];
      return known ? faults(field, known, `${at}.${name}`) : [`${at}.${name}: not in the document`];
    });
  };

  return {
    paths: Object.keys(document.paths).filter((path) => document.paths[path]?.['get']),
    /** What is wrong with the answer of a GET of this path. */
    faultsOf(path: string, body: unknown): string[] {
      const content = document.paths[path]?.['get']?.responses['200']?.content ?? {};
      const schema = Object.values(content)[0]?.schema;
      return schema ? faults(body, schema, path) : [`${path}: no schema`];
    },
  };
}
