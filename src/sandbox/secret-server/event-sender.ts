import { connect, type Socket } from 'node:net';
import type { WorldEvent } from './world/trail.ts';
import { onEvent, type World } from './world/world.ts';

/** Sends the world's events as Secret Server does: CEF over TCP, a line each. Kept while the connection is away. */
export type EventSender = { close(): void };

const kept = 1_000;
const reconnectMs = 500;

/** `host` is the name in the header, by which a receiver tells one Secret Server from another. */
export function eventSender(world: World, to: { host: string; port: number }, host = 'VAULT01'): EventSender {
  const waiting: string[] = [];
  let socket: Socket | null = null;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    if (!socket?.writable || socket.connecting) return;
    for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) socket.write(`${line}\n`);
  };
  const open = () => {
    if (closed) return;
    socket = connect(to.port, to.host, flush);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!closed) timer = setTimeout(open, reconnectMs);
    });
  };
  const stop = onEvent(world, (event) => {
    waiting.push(cefLine(event, { host, version: world.settings.version }));
    if (waiting.length > kept) waiting.shift();
    flush();
  });
  open();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      stop();
      socket?.destroy();
    },
  };
}

/** One event in the form of the vendor's lines: an RFC 3164 header, and the story in `msg`. */
export function cefLine(event: WorldEvent, { host, version }: { host: string; version: string }): string {
  const { at, eventId, entity, action, actionDisplay, by, item, container, from, details } = event;
  const stamp = headerTime(at);
  const name = entity === 'System Log' ? 'System Log' : `${entity} - ${action}`;
  const told =
    entity === 'System Log' ? details : message({ entity, actionDisplay, by, item, container, details });
  const fields = [
    ['msg', told],
    ['suid', by ? String(by.id) : null],
    ['suser', by?.userName ?? null],
    ['src', from],
    ['rt', `${headerTime(at).slice(0, 6)} ${new Date(at).getUTCFullYear()} ${stamp.slice(7)}`],
    ['fname', item?.name ?? null],
    ['fileType', item ? capital(entity) : null],
    ['fileId', item ? String(item.id) : null],
    ['cs3Label', container ? 'Folder' : null],
    ['cs3', container?.name ?? null],
  ].flatMap(([key, value]) => (value ? [`${key}=${escaped(value)}`] : []));
  return `${stamp} ${host} CEF:0|Thycotic Software|Secret Server|${version}|${eventId}|${name}|2|${fields.join(' ')}`;
}

type Story = Pick<WorldEvent, 'actionDisplay' | 'by' | 'item' | 'container' | 'details'> & { entity: string };

function message({ entity, actionDisplay, by, item, container, details }: Story): string {
  const parts = [
    `[[SecretServer]] Event: [${capital(entity)}] Action: [${actionDisplay}] By User: ${by?.userName ?? 'ThycoticSystem'}`,
    item ? `Item Name: ${item.name} (Item Id: ${item.id})` : '',
    container ? `Container Name: ${container.name} (Container Id: ${container.id})` : '',
    details ? `Details: ${details}` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Nov 24 02:00:05`, in UTC. */
function headerTime(at: number): string {
  const iso = new Date(at).toISOString();
  return `${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(8, 10)} ${iso.slice(11, 19)}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

/** Of what the format asks to be escaped, present versions write the equals sign only: a backslash stands single. */
function escaped(value: string): string {
  return value.replaceAll('=', '\\=').replaceAll(/\r?\n/g, ' ');
}
