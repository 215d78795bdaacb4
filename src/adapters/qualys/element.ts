import { createRequire } from 'node:module';
import type { XMLParser } from 'fast-xml-parser';

/** One element of an answer: its name in capitals, its own text, and what it holds. Attributes are left out. */
export type Element = { name: string; text: string; children: readonly Element[] };

/**
 * Some of the vendor's lists carry passwords, and an appliance's activation code is as good as one. Such elements are
 * dropped here, before anything else sees the answer. `VAULT_SECRET_NAME` is a name and stays.
 */
const secretNames = /PASSW|PASSPHRASE|^PASS$|PRIVATE_?KEY|SECRET_?KEY|ACTIVATION_?CODE|TOKEN|COMMUNITY/;

type Xml = typeof import('fast-xml-parser');
const load = createRequire(import.meta.url);
/** Loaded with the first answer: not every process asks Qualys. */
const xml = () => load('fast-xml-parser') as Xml;
let kept: XMLParser | undefined;

function parser(): XMLParser {
  kept ??= new (xml().XMLParser)({
    preserveOrder: true,
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    processEntities: false,
    cdataPropName: '#cdata',
    trimValues: false,
    maxNestedTags: 50,
  });
  return kept;
}

/**
 * The root of an XML document, or undefined for anything else: half a document, a page, a document that declares
 * entities of its own (the vendor's never do). Its DOCTYPE names an address that is never asked.
 */
export function rootOf(text: string): Element | undefined {
  const document = text.trim();
  if (!document.startsWith('<') || /<!ENTITY/i.test(document)) return undefined;
  if (xml().XMLValidator.validate(document) !== true) return undefined;
  return elementsIn(parsed(document)).at(0);
}

function parsed(document: string): unknown {
  try {
    return parser().parse(document);
  } catch {
    return [];
  }
}

/** The parser gives lists of objects with one name each. */
function elementsIn(nodes: unknown): Element[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: object) =>
    Object.entries(node).flatMap(([written, inside]) => {
      const name = written.toUpperCase();
      if (name.startsWith('#') || name.startsWith(':') || secretNames.test(name)) return [];
      return [{ name, text: textIn(inside), children: elementsIn(inside) }];
    }),
  );
}

function textIn(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  const parts = nodes.map((node: { '#text'?: unknown; '#cdata'?: unknown }) => {
    if ('#text' in node) return decoded(String(node['#text']));
    return '#cdata' in node ? rawText(node['#cdata']) : '';
  });
  return parts.join('').trim();
}

function rawText(nodes: unknown): string {
  if (!Array.isArray(nodes)) return '';
  return nodes.map((node: { '#text'?: unknown }) => String(node['#text'] ?? '')).join('');
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five names that XML itself knows, and characters by number. Anything else stays as it stands. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return named[String(name)] ?? all;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
