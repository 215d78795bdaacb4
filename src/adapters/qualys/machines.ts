import type {
  FailedAuthentication,
  Scan,
  ScannedHost,
  ScannerAppliance,
} from '../../domain/evidence/qualys.ts';
import { hourMs } from '../../domain/instant.ts';
import type { Scanner } from '../../ports/scanner.ts';
import type { Ask } from './ask.ts';
import type { Element } from './element.ts';
import {
  below,
  child,
  durationMs,
  itemsOf,
  moment,
  neededMoment,
  neededNumber,
  neededText,
  text,
  wholeNumber,
} from './fields.ts';
import { qualysGap } from './gaps.ts';

type Machines = Pick<Scanner, 'appliances' | 'scans' | 'hosts' | 'failedAuthentications'>;

/** The vendor's own page size; said, because some subscriptions have another default. */
const pageSize = { truncation_limit: '1000' };

export function machines(ask: Ask): Machines {
  return {
    appliances: () =>
      ask({
        route: 'appliances',
        query: { output_mode: 'full' },
        root: /^APPLIANCE_LIST_OUTPUT$/,
        read: (response) => itemsOf(response, (name) => name === 'APPLIANCE').map(appliance),
      }),
    scans: (since) =>
      ask({
        route: 'scans',
        query: { launched_after_datetime: wholeHour(since) },
        root: /^SCAN_LIST_OUTPUT$/,
        read: (response) => itemsOf(response, (name) => name === 'SCAN').map(scan),
      }),
    hosts: (targets) =>
      ask({
        route: 'hosts',
        query: { ips: targets.join(','), details: 'All', ...pageSize },
        root: /^HOST_LIST_OUTPUT$/,
        read: (response) => hostsIn(response),
      }),
    failedAuthentications: (targets, qids) =>
      ask({
        route: 'detections',
        query: { ips: targets.join(','), qids: qids.join(','), show_igs: '1', ...pageSize },
        root: /^HOST_LIST_VM_DETECTION_OUTPUT$/,
        read: (response) => itemsOf(response, (name) => name === 'HOST').flatMap(failures),
      }),
  };
}

/** Questions of one hour are the same question, so that the answer can be kept. */
function wholeHour(at: number): string {
  return `${new Date(Math.floor(at / hourMs) * hourMs).toISOString().slice(0, 19)}Z`;
}

function appliance(one: Element): ScannerAppliance {
  const status = neededText(one, 'STATUS');
  return {
    name: neededText(one, 'NAME'),
    online: status.toLowerCase() === 'online',
    status,
    heartbeatsMissed: wholeNumber(one, 'HEARTBEATS_MISSED'),
    lastConnected: moment(one, 'SS_LAST_CONNECTED'),
    pollingSeconds: wholeNumber(one, 'POLLING_INTERVAL'),
    addresses: below(one, (name) => name === 'INTERFACE_SETTINGS')
      .flatMap((settings) => [text(settings, 'IP_ADDRESS'), text(settings, 'IPV6_ADDRESS')])
      .filter((address) => address !== null)
      .filter((address) => !['0.0.0.0', '::'].includes(address)),
  };
}

function scan(one: Element): Scan {
  const state = text(child(one, 'STATUS'), 'STATE') ?? neededText(one, 'STATUS');
  const states: Readonly<Record<string, Scan['state']>> = {
    finished: 'finished',
    running: 'running',
    loading: 'running',
  };
  return {
    title: text(one, 'TITLE') ?? text(one, 'REF') ?? 'without title',
    state: states[state.toLowerCase()] ?? 'other',
    launchedAt: neededMoment(one, 'LAUNCH_DATETIME'),
    durationMs: durationMs(one, 'DURATION'),
    targets: (text(one, 'TARGET') ?? '')
      .split(/[,\r\n]+/)
      .map((target) => target.trim())
      .filter((target) => target !== ''),
  };
}

/**
 * Agents find vulnerabilities too, without any login: only what a scanner did counts. Where nothing tells of that, the
 * hosts were not scanned by one, or this version does not say.
 */
function hostsIn(response: Element): ScannedHost[] {
  const all = itemsOf(response, (name) => name === 'HOST');
  const tells = (name: string) => all.some((one) => text(one, name) !== null);
  if (tells('LAST_VULN_SCAN_DATETIME') && !tells('LAST_VM_SCANNED_DATE'))
    throw qualysGap(
      'absent',
      'Qualys tells of none of the hosts when a scanner scanned it (LAST_VM_SCANNED_DATE)',
    );
  return all.flatMap(host);
}

/** One that is known by no address is of no use here. */
function host(one: Element): ScannedHost[] {
  const address = text(one, 'IP', 'IPV6');
  if (address === null) return [];
  return [
    {
      address,
      scannedAt: moment(one, 'LAST_VM_SCANNED_DATE'),
      authenticatedAt: moment(one, 'LAST_VM_AUTH_SCANNED_DATE'),
    },
  ];
}

function failures(one: Element): FailedAuthentication[] {
  const address = text(one, 'IP', 'IPV6');
  if (address === null) return [];
  return below(one, (name) => name === 'DETECTION').map((detection) => ({
    address,
    qid: neededNumber(detection, 'QID'),
    lastFoundAt: moment(detection, 'LAST_FOUND_DATETIME', 'LAST_FOUND'),
  }));
}
