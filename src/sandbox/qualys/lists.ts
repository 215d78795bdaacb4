import { addressRange, contains } from '../../domain/addresses.ts';
import type { AuthenticationRecord, Host, VaultRecord, World } from './world/world.ts';
import { element, time, typed, type Xml } from './xml.ts';

export type Query = Readonly<Record<string, string>>;

/** What an answer holds below RESPONSE, under the root that the vendor gives it. */
export type Listed = { root: string; inside: Xml[] };

export function vaultList(world: World): Listed {
  const vaults = world.vaults.map((one) =>
    element('AUTH_VAULT', [
      typed('TITLE', one.title),
      typed('VAULT_TYPE', one.type),
      lastModified(one.modifiedAt, one.modifiedBy),
      element('ID', one.id),
    ]),
  );
  const count = [element('STATUS', 'Success'), element('COUNT', vaults.length)];
  return { root: 'AUTH_VAULT_LIST_OUTPUT', inside: [...count, ...listOf('AUTH_VAULTS', vaults)] };
}

export function vaultView(world: World, query: Query): Listed | undefined {
  const one = world.vaults.find(({ id }) => String(id) === query.id);
  return one && { root: 'VAULT_OUTPUT', inside: [vaultDetails(one)] };
}

function vaultDetails(one: VaultRecord): Xml {
  return element('AUTH_VAULT', [
    element('ID', one.id),
    typed('TITLE', one.title),
    typed('VAULT_TYPE', one.type),
    typed('URL', one.url),
    typed('USERNAME', one.username),
    ...(one.domain === '' ? [] : [typed('DOMAIN', one.domain)]),
    typed('PASSWORD', one.password),
    lastModified(one.modifiedAt, one.modifiedBy),
  ]);
}

export function recordList(world: World, type: string): Listed {
  const name = `AUTH_${type.toUpperCase()}`;
  const records = world.records
    .filter((one) => one.type === type)
    .map((one) => element(name, recordFields(world, one)));
  return { root: `${name}_LIST_OUTPUT`, inside: listOf(`${name}_LIST`, records) };
}

function recordFields(world: World, one: AuthenticationRecord): Xml[] {
  const vault = world.vaults.find(({ id }) => id === one.vault?.id);
  return [
    element('ID', one.id),
    typed('TITLE', one.title),
    typed('USERNAME', one.username),
    ...(one.domain === '' ? [] : [typed('WINDOWS_DOMAIN', one.domain)]),
    ...(one.vault ? [] : [typed('PASSWORD', one.password)]),
    ...ipSet(one.targets),
    typed('LOGIN_TYPE', one.vault ? 'vault' : 'basic'),
    ...(one.vault
      ? [
          element('DIGITAL_VAULT', [
            element('DIGITAL_VAULT_ID', one.vault.id),
            typed('DIGITAL_VAULT_TYPE', vault?.type ?? ''),
            typed('DIGITAL_VAULT_TITLE', vault?.title ?? ''),
            typed('VAULT_SECRET_NAME', one.vault.secretName),
          ]),
        ]
      : []),
    lastModified(one.modifiedAt),
  ];
}

/** A record by tag has none. */
function ipSet(targets: string[]): Xml[] {
  const addresses = targets.filter((target) => addressRange(target));
  if (addresses.length === 0) return [];
  return [
    element(
      'IP_SET',
      addresses.map((one) => element(one.includes('-') ? 'IP_RANGE' : 'IP', one)),
    ),
  ];
}

export function applianceList(world: World): Listed {
  const appliances = world.appliances.map((one) =>
    element('APPLIANCE', [
      element('ID', one.id),
      element('NAME', one.name),
      element('ACTIVATION_CODE', one.activationCode),
      element('STATUS', one.online ? 'Online' : 'Offline'),
      element('INTERFACE_SETTINGS', [
        element('INTERFACE', 'lan'),
        element('IP_ADDRESS', one.lan),
        element('NETMASK', '255.255.255.0'),
      ]),
      element('POLLING_INTERVAL', `${one.pollingSeconds} seconds`),
      element('HEARTBEATS_MISSED', one.heartbeatsMissed),
      element('SS_CONNECTION', one.online ? 'Connected' : 'Disconnected'),
      element('SS_LAST_CONNECTED', one.connectedAt === null ? 'N/A' : time(one.connectedAt)),
    ]),
  );
  return { root: 'APPLIANCE_LIST_OUTPUT', inside: listOf('APPLIANCE_LIST', appliances) };
}

export function scanList(world: World, query: Query): Listed {
  const since = Date.parse(query.launched_after_datetime ?? '') || 0;
  const scans = world.scans
    .filter((one) => one.launchedAt >= since)
    .map((one) =>
      element('SCAN', [
        element('REF', one.reference),
        typed('TITLE', one.title),
        element('LAUNCH_DATETIME', time(one.launchedAt)),
        element('DURATION', clockTime(one.durationMs)),
        element('STATUS', [element('STATE', one.state)]),
        typed('TARGET', one.targets.join(', ')),
      ]),
    );
  return { root: 'SCAN_LIST_OUTPUT', inside: listOf('SCAN_LIST', scans) };
}

export function hostList(world: World, query: Query): Listed {
  const hosts = asked(world, query);
  const page = hosts.slice(0, world.pageSize).map((one) => element('HOST', hostFields(one)));
  const rest = goesOn(hosts[world.pageSize], query);
  return { root: 'HOST_LIST_OUTPUT', inside: [...listOf('HOST_LIST', page), ...rest] };
}

/** Hosts without one of the asked detections are not in it. */
export function detectionList(world: World, query: Query): Listed {
  const qids = (query.qids ?? '').split(',');
  const hosts = asked(world, query)
    .map((host) => ({ host, seen: host.failures.filter(({ qid }) => qids.includes(String(qid))) }))
    .filter(({ seen }) => seen.length > 0);
  const page = hosts.slice(0, world.pageSize).map(({ host, seen }) => {
    const detections = seen.map(({ qid, foundAt }) =>
      element('DETECTION', [
        element('QID', qid),
        element('TYPE', 'Info'),
        element('LAST_FOUND_DATETIME', time(foundAt)),
      ]),
    );
    return element('HOST', [...hostFields(host), element('DETECTION_LIST', detections)]);
  });
  const rest = goesOn(hosts[world.pageSize]?.host, query);
  return { root: 'HOST_LIST_VM_DETECTION_OUTPUT', inside: [...listOf('HOST_LIST', page), ...rest] };
}

function asked(world: World, query: Query): Host[] {
  const ranges = (query.ips ?? '').split(',').flatMap((text) => addressRange(text) ?? []);
  return world.hosts
    .filter((host) => ranges.some((range) => contains(range, host.address)))
    .filter((host) => host.id >= Number(query.id_min ?? 0));
}

function hostFields(one: Host): Xml[] {
  return [
    element('ID', one.id),
    element('IP', one.address),
    ...(one.scannedAt === null ? [] : [element('LAST_VM_SCANNED_DATE', time(one.scannedAt))]),
    ...(one.authenticatedAt === null
      ? []
      : [element('LAST_VM_AUTH_SCANNED_DATE', time(one.authenticatedAt))]),
  ];
}

/** The vendor's own sample of this names another host and parameters that nobody sent. */
function goesOn(next: Host | undefined, query: Query): Xml[] {
  if (!next) return [];
  const more = new URLSearchParams({ ...query, cloud_agent_activationkey: '0', id_min: String(next.id) });
  return [
    element('WARNING', [
      element('CODE', '1980'),
      element('TEXT', 'record limit exceeded. Use URL to get next batch of results.'),
      typed('URL', `https://qualysapi.p01.eng.example/api/4.0/fo/asset/host/?${more}`),
    ]),
  ];
}

/** An empty list is left out altogether. */
function listOf(name: string, inside: Xml[]): Xml[] {
  return inside.length === 0 ? [] : [element(name, inside)];
}

function lastModified(at: number, by?: string): Xml {
  const who = by === undefined ? [] : [typed('BY', by)];
  return element('LAST_MODIFIED', [element('DATETIME', time(at)), ...who]);
}

function clockTime(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
