import type { z } from 'zod';
import { didYouMean } from '../domain/nearest.ts';
import type { Path, Problem } from './problems.ts';
import type { SchemaNode } from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

type Issue = z.core.$ZodIssue;

/** A file that is none of ours has thousands of them; nobody reads more than these, and each is looked for in the file. */
const unknownKeysTold = 100;

/** What the schema found, in sentences that say what to write. Values are not repeated: one might be a secret. */
export function shapeProblems(issues: readonly Issue[], file: YamlFile, schema: SchemaNode): Problem[] {
  return issues.flatMap((issue) => {
    const path = issue.path as Path;
    if (issue.code === 'unrecognized_keys') {
      const known = Object.keys(schemaAt(schema, path)?.properties ?? {});
      const told = issue.keys
        .slice(0, unknownKeysTold)
        .map((key) =>
          file.problemAt([...path, key], `is not a known key.${didYouMean(key, known) || list(known)}`),
        );
      const more = issue.keys.length - told.length;
      return more > 0 ? [...told, file.problemAt(path, `holds ${more} more keys that are not known`)] : told;
    }
    return [file.problemAt(path, sentence(issue, valueAt(file.value, path), schemaAt(schema, path)))];
  });
}

function list(known: readonly string[]): string {
  return known.length > 0 ? ` Known here: ${known.join(', ')}.` : '';
}

function sentence(issue: Issue, value: unknown, schema: SchemaNode | undefined): string {
  if (value === undefined || value === null) {
    if (issue.path.length === 0) return 'is empty: vaultcheck.example.yaml shows what belongs here';
    const what = schema?.description ? `: ${schema.description}` : '';
    return `is missing${what}`;
  }
  if (issue.code === 'invalid_type') return typeSentence(issue, value);
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid'))
    return `must be ${issue.values.map(String).join(' or ')}`;
  if (issue.code === 'too_small' && issue.message.startsWith('Too small'))
    return `must be at least ${issue.minimum}`;
  return issue.message;
}

function typeSentence(
  { expected, message }: Extract<Issue, { code: 'invalid_type' }>,
  value: unknown,
): string {
  if (!message.startsWith('Invalid input')) return message;
  switch (expected) {
    case 'string':
      return typeof value === 'object' ? 'must be text' : 'must be text: put it in quotes';
    case 'array':
      return 'must be a list: [one, two]';
    case 'object':
    case 'record':
      return 'must be a mapping: key: value';
    case 'boolean':
      return 'must be true or false';
    case 'int':
    case 'number':
      return 'must be a whole number';
    default:
      return message;
  }
}

function valueAt(top: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.hasOwn(value, part) ? (value as Record<string | number, unknown>)[part] : undefined;
  }, top);
}

function schemaAt(top: SchemaNode, path: Path): SchemaNode | undefined {
  return path.reduce<SchemaNode | undefined>((node, part) => {
    if (typeof part === 'number') return node?.items ?? node?.anyOf?.find((one) => one.items)?.items;
    const rest = node?.additionalProperties;
    return node?.properties?.[part] ?? (typeof rest === 'object' ? rest : undefined);
  }, top);
}
