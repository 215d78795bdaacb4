import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { type Path, type Problem, pathText } from './problems.ts';

/** A file that was read: its plain value, and where things stand in it. */
export type YamlFile = {
  value: unknown;
  problems: Problem[];
  /** A problem at a path, with the line of the deepest part of the path that is there. */
  problemAt(path: Path, text: string): Problem;
};

/** Reads YAML 1.2. Mistakes of the form itself, duplicate keys among them, come back as problems with their line. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  // The parser's own look for duplicate keys takes the square of their number.
  const options = { lineCounter: lines, prettyErrors: false, version: '1.2', uniqueKeys: false } as const;
  const document = parseDocument(text, options);
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const broken = document.errors.map(({ message, pos }) => ({ message, offset: pos[0] }));
  const twice = duplicateKeys(document).map((offset) => ({ message: 'Map keys must be unique', offset }));
  const problems = [...broken, ...twice].map(({ message, offset }) => ({
    where: 'file',
    line: lineAt(offset),
    text: `is not YAML here: ${message}`,
  }));
  const problemAt = (path: Path, problem: string): Problem => ({
    where: pathText(path),
    line: lineAt(offsetOf(document.contents, path)),
    text: problem,
  });
  return { value: problems.length > 0 ? null : plainValue(document, problems), problems, problemAt };
}

/** Where a key stands that its mapping has already. */
function duplicateKeys(document: ReturnType<typeof parseDocument>): number[] {
  const found: number[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) found.push(key.range?.[0] ?? 0);
        seen.add(name);
      }
    },
  });
  return found;
}

/** An alias without an anchor, and aliases that grow without end, are found only here. */
function plainValue(document: ReturnType<typeof parseDocument>, problems: Problem[]): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    problems.push({
      where: 'file',
      line: null,
      text: 'has an alias (*name) that leads nowhere, or too many of them',
    });
    return null;
  }
}

function offsetOf(top: unknown, path: Path): number {
  let offset = 0;
  let node = top;
  for (const part of path) {
    const step = stepInto(node, part);
    if (!step) break;
    offset = step.offset;
    node = step.node;
  }
  return offset;
}

function stepInto(node: unknown, part: string | number): { offset: number; node: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(part)] as Node | undefined;
    return item && { offset: item.range?.[0] ?? 0, node: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
  if (!pair || !isScalar(pair.key)) return undefined;
  return { offset: pair.key.range?.[0] ?? 0, node: pair.value };
}
