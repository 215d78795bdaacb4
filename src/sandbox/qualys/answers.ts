import {
  applianceList,
  detectionList,
  hostList,
  type Listed,
  type Query,
  recordList,
  scanList,
  vaultList,
  vaultView,
} from './lists.ts';
import type { World } from './world/world.ts';
import { distorted, document, element, type Xml } from './xml.ts';

export type Reply = { status: number; body: string; type: string; headers?: Record<string, string> };

/** The vendor's codes with the status and words on record. */
const refusals: Readonly<Record<number, { status: number; text: string }>> = {
  999: { status: 500, text: 'Internal error. Please contact customer support.' },
  1901: { status: 400, text: 'unrecognized parameter(s): details' },
  1905: { status: 400, text: 'parameter ids has invalid value: abc123' },
  1960: {
    status: 409,
    text: 'This API cannot be run again until 1 currently running API instance has finished.',
  },
  1965: {
    status: 409,
    text: 'This API cannot be run again for another 23 hours, 57 minutes and 54 seconds.',
  },
  2000: { status: 401, text: 'Bad Login/Password' },
  2001: { status: 200, text: 'This account has expired.' },
  2003: {
    status: 409,
    text: 'Registration must be completed before API requests will be served for this account',
  },
  2011: { status: 409, text: 'SecureID authentication is required for this account' },
};

export function refusal(code: number, world: World, waitSeconds?: number): Reply {
  const { status, text } = refusals[code] ?? { status: 400, text: 'no reason' };
  const item = (key: string, value: number) =>
    element('ITEM_LIST', [element('ITEM', [element('KEY', key), element('VALUE', value)])]);
  const told: Xml[] = [
    ...(code === 1960 ? [item('CALLS_TO_FINISH', 2)] : []),
    ...(waitSeconds === undefined ? [] : [item('SECONDS_TO_WAIT', waitSeconds)]),
  ];
  const inside = [element('CODE', code), element('TEXT', text), ...told];
  return xml(status, document('SIMPLE_RETURN', inside, world.now()));
}

/** What a list or view answers; 404 for what this platform does not know. */
export function answer(world: World, path: string, query: Query, isDistorted: boolean): Reply {
  const [, version = '', rest = ''] = /^\/api\/(\d\.\d)\/fo\/(.*)$/.exec(path) ?? [];
  const isKnown = version !== '' && !world.unknownVersions.includes(version);
  const listed = isKnown ? listedAt(world, rest, query) : undefined;
  if (!listed) return { status: 404, body: '<html><body>Not Found</body></html>', type: 'text/html' };
  const inside = isDistorted ? listed.inside.map(distorted) : listed.inside;
  return xml(200, document(listed.root, inside, world.now()));
}

function listedAt(world: World, path: string, query: Query): Listed | undefined {
  if (path === 'vault/') return query.action === 'view' ? vaultView(world, query) : vaultList(world);
  if (path === 'appliance/') return applianceList(world);
  if (path === 'scan/') return scanList(world, query);
  if (path === 'asset/host/') return hostList(world, query);
  if (path === 'asset/host/vm/detection/') return detectionList(world, query);
  const [, type] = /^auth\/([a-z_0-9]+)\/$/.exec(path) ?? [];
  return type === undefined ? undefined : recordList(world, type);
}

function xml(status: number, body: string): Reply {
  return { status, body, type: 'application/xml' };
}
