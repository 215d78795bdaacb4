import { qualysApplianceOnline } from '../../../src/checks/qualys/qualys-appliance-online.ts';
import type { ScannerAppliance } from '../../../src/domain/evidence/qualys.ts';
import { minuteMs } from '../../../src/domain/instant.ts';
import { appliance, at, type Case, type Given, itJudges } from '../../given.ts';
import { blind, machine, withQualys } from './given.ts';

const of = (...all: Partial<ScannerAppliance>[]): Given => ({
  scannerAppliances: { readAt: at, appliances: all.map(machine) },
});
const lan = withQualys({ appliances: [{ ...appliance, lan: '192.168.7.4' }] });
const two = withQualys({ appliances: [appliance, { ...appliance, name: 'appliance-02' }] });

const lines: Case[] = [
  ['online', of({}), 'pass', 'appliance-01 is online, last connected at 2026-11-24T01:59Z'],
  ['a name in other letters', of({ name: 'Appliance-01' }), 'pass', 'is online'],
  ['three intervals old', of({ lastConnected: at - 9 * minuteMs }), 'pass', 'is online'],
  [
    'older than three intervals',
    of({ lastConnected: at - 10 * minuteMs }),
    'warn',
    'last connected at 2026-11-24T01:50Z, 10 minutes before',
  ],
  [
    'older than three intervals of its own',
    of({ lastConnected: at - 10 * minuteMs, pollingSeconds: 3600 }),
    'pass',
    'is online',
  ],
  [
    'an interval that is not told',
    of({ lastConnected: at - 10 * minuteMs, pollingSeconds: null }),
    'warn',
    'every 3 minutes',
  ],
  [
    'heartbeats missed',
    of({ heartbeatsMissed: 2 }),
    'warn',
    'The appliance appliance-01 has missed 2 heartbeats.',
  ],
  ['heartbeats not told', of({ heartbeatsMissed: null }), 'pass', 'is online'],
  ['never connected', of({ lastConnected: null }), 'warn', 'has never connected'],
  [
    'offline',
    of({ online: false, status: 'Offline' }),
    'fail',
    'The appliance appliance-01 is offline (last connected at',
  ],
  [
    'unknown',
    of({ name: 'scanner-a' }),
    'fail',
    'Qualys shows no appliance named appliance-01; it shows scanner-a.',
  ],
  ['none at all', of(), 'fail', 'Qualys shows no appliance named appliance-01.'],
  ['unread', { scannerAppliances: { gap: blind } }, 'unknown', blind.detail],
];

itJudges(qualysApplianceOnline, [
  ...lines.map(([name, given, verdict, says]): Case => [name, given, verdict, says, withQualys()]),
  ['its LAN address', of({}), 'pass', 'is online', lan],
  [
    'another LAN address',
    of({ addresses: ['192.168.7.9'] }),
    'warn',
    'has 192.168.7.9, not 192.168.7.4',
    lan,
  ],
  [
    'one of two offline',
    of({}, { name: 'appliance-02', online: false, status: 'Offline' }),
    'fail',
    'appliance-02 is offline',
    two,
  ],
  [
    'no appliance configured',
    of({}),
    'skipped',
    'No appliance is configured.',
    withQualys({ appliances: [] }),
  ],
  ['no Qualys', of({}), 'skipped', 'No Qualys is configured.'],
]);
