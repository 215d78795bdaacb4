import type { Duplex } from 'node:stream';
import { tryLogin } from './login.ts';
import {
  entryMessage,
  type LdapRequest,
  readRequests,
  referenceMessage,
  resultMessage,
  startTlsOid,
} from './messages.ts';
import { forbiddenIn, search } from './search.ts';
import type { DirectoryFailure, DirectorySwitches, DirectoryTraffic } from './switches.ts';
import type { DirectoryUser, DirectoryWorld } from './world.ts';

export type DirectoryParts = {
  world: DirectoryWorld;
  switches: DirectorySwitches;
  traffic: DirectoryTraffic;
  /** Takes passwords without encryption; a Samba controller does not, an older Windows does. */
  takesClearPasswords: boolean;
};

/** What one client has done so far. */
export type Conversation = {
  secure: boolean;
  user: DirectoryUser | null;
  /** Puts encryption over the connection. */
  startTls(): void;
};

/** Answers on one connection until it ends. */
export function converse(stream: Duplex, talk: Conversation, parts: DirectoryParts): void {
  let bytes: Buffer = Buffer.alloc(0);
  const hear = (data: Buffer) => {
    const { requests, rest } = readRequests(Buffer.concat([bytes, data]));
    bytes = rest;
    for (const request of requests) {
      // What follows the request for encryption is no longer ours to read.
      if (request.kind === 'extended') stream.off('data', hear);
      answer(stream, request, talk, parts);
    }
  };
  stream.on('data', hear);
}

function answer(stream: Duplex, request: LdapRequest, talk: Conversation, parts: DirectoryParts): void {
  if (request.kind === 'unbind') {
    stream.end();
  } else if (request.kind === 'extended') {
    const isKnown = request.name === startTlsOid;
    stream.write(resultMessage(request.id, 'extended', isKnown ? 0 : 2));
    if (isKnown) talk.startTls();
  } else if (request.kind === 'bind') {
    later(stream, parts, () => stream.write(bindAnswer(request, talk, parts)));
  } else if (request.kind === 'search') {
    later(stream, parts, () => send(stream, searchAnswer(request, talk, parts), taken(parts.switches)));
  } else {
    parts.traffic.forbidden.push(`operation 0x${request.tag.toString(16)}`);
    stream.write(resultMessage(request.id, 'search', 50));
  }
}

function later(stream: Duplex, { switches }: DirectoryParts, answer: () => void): void {
  if (switches.delayMs === 0) answer();
  else setTimeout(() => stream.writable && answer(), switches.delayMs);
}

function bindAnswer(
  { id, name, password }: Extract<LdapRequest, { kind: 'bind' }>,
  talk: Conversation,
  { world, traffic, takesClearPasswords }: DirectoryParts,
): Buffer {
  const isRefused = !talk.secure && !takesClearPasswords;
  const login = isRefused
    ? { code: 8, text: 'Transport encryption required.', user: null }
    : tryLogin(world, name, password);
  talk.user = login.user;
  traffic.binds.push({ name, secure: talk.secure, code: login.code });
  return resultMessage(id, 'bind', login.code, login.text);
}

function searchAnswer(
  request: Extract<LdapRequest, { kind: 'search' }>,
  { user }: Conversation,
  { world, traffic, switches }: DirectoryParts,
): Buffer[] {
  const { id, base, attributes } = request;
  traffic.searches.push({ base, attributes });
  traffic.forbidden.push(...forbiddenIn(request).map((name) => `attribute ${name}`));
  const { failure } = switches;
  if (typeof failure === 'number') return [resultMessage(id, 'search', failure)];
  if (failure === 'referral') return [resultMessage(id, 'search', 10, 'ldap://elsewhere.example/')];
  if (user === null && base !== '') return [resultMessage(id, 'search', 1, '000004DC: LdapErr: no bind')];
  const { code, entries, references } = search(world, request);
  return [
    ...entries.map((entry) => entryMessage(id, distorted(entry, failure))),
    ...references.map((url) => referenceMessage(id, url)),
    resultMessage(id, 'search', code),
  ];
}

function distorted(entry: ReturnType<typeof search>['entries'][number], failure: DirectoryFailure | null) {
  if (!('sAMAccountName' in entry.attributes)) return entry;
  const { sAMAccountName } = entry.attributes;
  if (failure === 'hidden') return { ...entry, attributes: { sAMAccountName } };
  if (failure !== 'wrong-types') return entry;
  const names = Object.keys(entry.attributes);
  return { ...entry, attributes: Object.fromEntries(names.map((name) => [name, ['<b>']])) };
}

function send(stream: Duplex, messages: Buffer[], failure: DirectoryFailure | null): void {
  const whole = Buffer.concat(messages);
  if (failure === 'cut') stream.destroy();
  else if (failure === 'half-answer') stream.end(whole.subarray(0, Math.floor(whole.length / 2)));
  else if (failure === 'web-page') stream.end('HTTP/1.1 400 Bad Request\r\n\r\n<html>Bad Request</html>');
  else stream.write(whole);
}

/** The failure of now, which goes away when its times are over. */
function taken(switches: DirectorySwitches): DirectoryFailure | null {
  const { failure } = switches;
  if (failure === null || switches.times === null) return failure;
  switches.times -= 1;
  if (switches.times <= 0) Object.assign(switches, { failure: null, times: null });
  return failure;
}
