import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { bot } from './people.ts';
import { type Json, object, Refusal, string } from './shapes.ts';

/** Slack allows ten sockets per app (node-slack-sdk issue 1654). */
const maxSockets = 10;
const pingEveryMs = 10_000;

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface SocketMode {
  /** The one-use path of a new socket; refuses the eleventh. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends to the next open socket in turn; false when there is none. */
  send(envelope: Json): boolean;
  onAck(listener: (envelopeId: string, answer: Json | undefined) => void): void;
  count(): number;
  /** Asks every app to connect anew, as Slack does every few hours. */
  refresh(reason: DisconnectReason): void;
  /** Cuts all connections without a word. */
  cut(): void;
  close(): void;
}

/** Slack's side of Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode). */
export function slackSocketMode(onCount: () => void): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const acks: ((envelopeId: string, answer: Json | undefined) => void)[] = [];
  const open: WebSocket[] = [];
  const heartbeat = setInterval(() => pingAll(open), pingEveryMs).unref();

  const welcome = (socket: WebSocket) => {
    open.push(socket);
    socket.on('message', (data) => {
      const { envelope_id, payload } = parsed(String(data));
      for (const listener of acks) listener(string(envelope_id), payload ? object(payload) : undefined);
    });
    // A connection that breaks also closes: there the count is brought up to date.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.splice(open.indexOf(socket), 1);
      onCount();
    });
    socket.send(JSON.stringify(hello(open.length)));
    onCount();
  };

  return {
    ticket: () => {
      if (open.length >= maxSockets) throw new Refusal('too_many_websockets');
      const path = `/link/?ticket=${randomUUID()}&app_id=${bot.appId}`;
      tickets.add(path);
      return path;
    },
    upgrade: (request, socket, head) => {
      if (!tickets.delete(request.url ?? '')) socket.destroy();
      else server.handleUpgrade(request, socket, head, welcome);
    },
    send: (envelope) => sendInTurn(open, envelope),
    onAck: (listener) => void acks.push(listener),
    count: () => open.length,
    refresh: (reason) => {
      const words = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } });
      for (const socket of open) socket.send(words);
    },
    cut: () => {
      for (const socket of [...open]) socket.terminate();
    },
    close: () => {
      clearInterval(heartbeat);
      for (const socket of [...open]) socket.terminate();
      server.close();
    },
  };
}

function hello(connections: number): Json {
  return {
    type: 'hello',
    num_connections: connections,
    debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
    connection_info: { app_id: bot.appId },
  };
}

/** The socket that was served last goes to the end of the row. */
function sendInTurn(open: WebSocket[], envelope: Json): boolean {
  const next = open.find((socket) => socket.readyState === socket.OPEN);
  if (!next) return false;
  open.push(...open.splice(open.indexOf(next), 1));
  next.send(JSON.stringify(envelope));
  return true;
}

function pingAll(sockets: readonly WebSocket[]): void {
  for (const socket of sockets) socket.ping('local');
}

function parsed(text: string): Json {
  try {
    return object(JSON.parse(text));
  } catch {
    return {};
  }
}
