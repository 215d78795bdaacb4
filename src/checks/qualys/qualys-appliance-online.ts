import { canonicalAddress } from '../../domain/addresses.ts';
import { defineCheck } from '../../domain/check.ts';
import { worstOf } from '../../domain/each-account.ts';
import type { ScannerAppliance } from '../../domain/evidence/qualys.ts';
import { type Instant, moment, plural, span } from '../../domain/instant.ts';
import type { Appliance } from '../../domain/settings.ts';
import { fact, fail, type Judgement, pass, warn } from '../../domain/verdict.ts';
import { withoutQualys } from '../../domain/without-qualys.ts';

type Answer = Judgement<'scannerAppliances'>;

/** The vendor's default, where the appliance's own is not told. */
const defaultPollingSeconds = 180;
const mostIntervals = 3;

export const qualysApplianceOnline = defineCheck({
  id: 'qualys-appliance-online',
  section: 'qualys',
  title: 'The appliances are online',
  why: 'The appliance itself fetches the password and logs in to the hosts: without it no scan of the inner network runs.',
  remedy: 'Bring the appliance online: see its console, its network and its proxy (Scans > Appliances).',
  blocking: true,
  needs: ['scannerAppliances'],
  exempt: (context) =>
    withoutQualys(context) ??
    (context.settings.appliances.length === 0 ? 'No appliance is configured.' : null),
  judge({ scannerAppliances: { appliances, readAt } }, { settings }) {
    return worstOf(
      settings.appliances.flatMap((configured): Answer[] => {
        const found = appliances.find((one) => one.name.toLowerCase() === configured.name.toLowerCase());
        return found ? clauses(found, configured, readAt) : [unknownName(configured, appliances)];
      }),
    );
  },
});

function unknownName({ name }: Appliance, appliances: readonly ScannerAppliance[]): Answer {
  const names = appliances.map((one) => one.name).slice(0, 5);
  const others = names.length > 0 ? `; it shows ${names.join(', ')}` : '';
  return fail(
    `Qualys shows no appliance named ${name}${others}.`,
    [],
    'Write the name in appliances as Qualys shows it (Scans > Appliances), or let the API user see the appliance.',
  );
}

function clauses(found: ScannerAppliance, configured: Appliance, readAt: Instant): Answer[] {
  const { name, online, status, lastConnected } = found;
  const last = lastConnected === null ? 'never connected' : `last connected at ${moment(lastConnected)}`;
  const seen = fact('scannerAppliances', `${name} is ${status.toLowerCase()}, ${last}`);
  if (!online) return [fail(`The appliance ${name} is ${status.toLowerCase()} (${last}).`, [seen])];
  return [pass(seen), ...missed(found), ...silent(found, readAt), ...moved(found, configured)];
}

function missed({ name, heartbeatsMissed }: ScannerAppliance): Answer[] {
  if (!heartbeatsMissed) return [];
  return [warn(`The appliance ${name} has missed ${plural(heartbeatsMissed, 'heartbeat')}.`, [])];
}

function silent({ name, lastConnected, pollingSeconds }: ScannerAppliance, readAt: Instant): Answer[] {
  if (lastConnected === null) return [warn(`The appliance ${name} has never connected to Qualys.`, [])];
  const intervalMs = (pollingSeconds ?? defaultPollingSeconds) * 1000;
  const silentMs = readAt - lastConnected;
  if (silentMs <= mostIntervals * intervalMs) return [];
  const text = `The appliance ${name} last connected at ${moment(lastConnected)}, ${span(silentMs)} before Qualys was asked; it should every ${span(intervalMs)}.`;
  return [warn(text, [])];
}

function moved({ name, addresses }: ScannerAppliance, { lan }: Appliance): Answer[] {
  if (lan === null || addresses.some((one) => canonicalAddress(one) === canonicalAddress(lan))) return [];
  const shown = addresses.length > 0 ? addresses.join(', ') : 'no address';
  const remedy = `Set lan of ${name} in the configuration to what Qualys shows, and see that address restrictions and firewalls know the new one.`;
  return [warn(`The appliance ${name} has ${shown}, not ${lan}.`, [], remedy)];
}
