import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Engine } from './engine.ts';
import { pageAct } from './page-acts.ts';
import { pageState } from './page-state.ts';
import { type Json, object, Refusal, string } from './shapes.ts';
import { read } from './signed-http.ts';
import type { Front } from './web.ts';

/** One thing of the simulated world that can be broken and mended. */
export interface WorldSwitch {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly on: boolean;
  readonly hint?: string;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
}

type Sooner<T> = T | Promise<T>;

/** The panel beside the workspace. What it lists is asked for anew whenever the page draws it. */
export interface PagePanel {
  list(): Sooner<readonly WorldSwitch[]>;
  flip(id: string, on: boolean): Sooner<void>;
  readonly scenarios?: () => Sooner<readonly Scenario[]>;
  readonly start?: (name: string) => Sooner<void>;
  /** The title of the story that is told, until everything is mended. */
  readonly story?: () => string | null;
  /** Makes everything whole again. */
  readonly mend?: () => Sooner<void>;
  /** One line under the title, such as what runs and where. */
  readonly status?: () => Sooner<string>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page needs nothing from elsewhere, and nothing that it shows may run. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface PageFront {
  readonly answer: Front;
  panelChanged(): void;
  close(): void;
}

export function pageFront(engine: Engine, panel: PagePanel | undefined): PageFront {
  const streams = new Set<ServerResponse>();
  const tell = (event: string) => {
    for (const stream of streams) stream.write(`event: ${event}\ndata: {}\n\n`);
  };
  const stop = engine.state.onChange(() => tell('change'));
  return {
    answer: async (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/_sim/events') {
        listenTo(streams, response);
        return;
      }
      const json =
        request.method === 'POST'
          ? await posted(engine, panel, pathname, request)
          : await asked(engine, panel, pathname, searchParams);
      if (json === undefined) await file(pathname, response);
      else sendJson(response, json);
      if (request.method === 'POST' && pathname !== '/_sim/act') tell('panel');
    },
    panelChanged: () => tell('panel'),
    close: () => {
      stop();
      for (const stream of streams) stream.end();
    },
  };
}

function listenTo(streams: Set<ServerResponse>, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 500\n\n');
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

async function asked(
  engine: Engine,
  panel: PagePanel | undefined,
  path: string,
  query: URLSearchParams,
): Promise<Json | undefined> {
  switch (path) {
    case '/_sim/state':
      return pageState(engine, query.get('person') ?? 'U0ANA');
    case '/_sim/log':
      return { calls: engine.state.calls, deliveries: engine.state.deliveries };
    case '/_sim/panel':
      return {
        shown: panel !== undefined,
        switches: (await panel?.list()) ?? [],
        scenarios: (await panel?.scenarios?.()) ?? [],
        status: (await panel?.status?.()) ?? '',
        story: panel?.story?.() ?? null,
        mendable: panel?.mend !== undefined,
      };
    default:
      return undefined;
  }
}

/** JSON alone: a form of a foreign page cannot send that here. */
async function posted(
  engine: Engine,
  panel: PagePanel | undefined,
  path: string,
  request: IncomingMessage,
): Promise<Json | undefined> {
  if (!string(request.headers['content-type']).startsWith('application/json')) return undefined;
  const body = object(JSON.parse(await read(request)));
  try {
    switch (path) {
      case '/_sim/act':
        return await pageAct(engine, body);
      case '/_sim/world':
        await panel?.flip(string(body.id), body.on === true);
        return { ok: true };
      case '/_sim/scenario':
        await panel?.start?.(string(body.name));
        return { ok: true };
      case '/_sim/mend':
        await panel?.mend?.();
        return { ok: true };
      default:
        return undefined;
    }
  } catch (error) {
    return { error: error instanceof Refusal ? error.code : String(error) };
  }
}

async function file(path: string, response: ServerResponse): Promise<void> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = /^[\w-]+\.\w+$/.test(name) ? types[extname(name)] : undefined;
  const found = type && (await readFile(join(import.meta.dirname, 'page', name)).catch(() => undefined));
  if (!found) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('There is nothing here.');
    return;
  }
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  });
  response.end(found);
}

function sendJson(response: ServerResponse, json: Json): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(json));
}
