import { Ber, BerReader, BerWriter } from 'ldapts';
import type { Entry } from './attributes.ts';
import { type Filter, readFilter } from './filter.ts';

/** Tags of RFC 4511. */
const tags = {
  bind: 0x60,
  bindAnswer: 0x61,
  unbind: 0x42,
  search: 0x63,
  searchEntry: 0x64,
  searchDone: 0x65,
  searchReference: 0x73,
  extended: 0x77,
  extendedAnswer: 0x78,
  simplePassword: 0x80,
  extendedName: 0x80,
} as const;

export const startTlsOid = '1.3.6.1.4.1.1466.20037';

export type SearchAsked = {
  base: string;
  scope: 'base' | 'one' | 'sub';
  filter: Filter;
  attributes: string[];
};

export type LdapRequest = { id: number } & (
  | { kind: 'bind'; name: string; password: string }
  | ({ kind: 'search' } & SearchAsked)
  | { kind: 'extended'; name: string }
  | { kind: 'unbind' }
  | { kind: 'other'; tag: number }
);

/** Whole messages at the head of `bytes`, and what is left. */
export function readRequests(bytes: Buffer): { requests: LdapRequest[]; rest: Buffer } {
  const requests: LdapRequest[] = [];
  let rest = bytes;
  for (;;) {
    const reader = new BerReader(rest);
    const start = rest.length > 1 ? reader.readSequence() : null;
    if (start === null || reader.remain < reader.length) return { requests, rest };
    const end = reader.offset + reader.length;
    requests.push(readRequest(reader));
    rest = rest.subarray(end);
  }
}

function readRequest(reader: BerReader): LdapRequest {
  const id = reader.readInt() ?? 0;
  const tag = reader.peek() ?? 0;
  if (tag === tags.unbind) return { id, kind: 'unbind' };
  reader.readSequence();
  if (tag === tags.bind) {
    reader.readInt();
    const name = reader.readString() ?? '';
    return { id, kind: 'bind', name, password: reader.readString(tags.simplePassword) ?? '' };
  }
  if (tag === tags.extended)
    return { id, kind: 'extended', name: reader.readString(tags.extendedName) ?? '' };
  if (tag === tags.search) return { id, kind: 'search', ...readSearch(reader) };
  return { id, kind: 'other', tag };
}

function readSearch(reader: BerReader): SearchAsked {
  const base = reader.readString() ?? '';
  const scope = (['base', 'one', 'sub'] as const)[reader.readEnumeration() ?? 0] ?? 'sub';
  reader.readEnumeration();
  reader.readInt();
  reader.readInt();
  reader.readBoolean();
  const filter = readFilter(reader);
  reader.readSequence();
  const end = reader.offset + reader.length;
  const attributes: string[] = [];
  while (reader.offset < end) attributes.push(reader.readString() ?? '');
  return { base, scope, filter, attributes };
}

type ResultKind = 'bind' | 'search' | 'extended';
const resultTags: Readonly<Record<ResultKind, number>> = {
  bind: tags.bindAnswer,
  search: tags.searchDone,
  extended: tags.extendedAnswer,
};

export function resultMessage(id: number, kind: ResultKind, code: number, text = ''): Buffer {
  return message(id, (writer) => {
    writer.startSequence(resultTags[kind]);
    writer.writeEnumeration(code);
    writer.writeString('');
    writer.writeString(text);
    writer.endSequence();
  });
}

export function entryMessage(id: number, { dn, attributes }: Entry): Buffer {
  return message(id, (writer) => {
    writer.startSequence(tags.searchEntry);
    writer.writeString(dn);
    writer.startSequence();
    for (const [name, values] of Object.entries(attributes)) {
      writer.startSequence();
      writer.writeString(name);
      writer.startSequence(Ber.Set | Ber.Constructor);
      for (const value of values) writer.writeString(value);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
    writer.endSequence();
  });
}

export function referenceMessage(id: number, url: string): Buffer {
  return message(id, (writer) => {
    writer.startSequence(tags.searchReference);
    writer.writeString(url);
    writer.endSequence();
  });
}

function message(id: number, write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  write(writer);
  writer.endSequence();
  return writer.buffer;
}
