import type { Readings } from '../reading.ts';
import { accountReadings } from './account.ts';
import { alertReadings } from './alerts.ts';
import { clockReadings } from './clock.ts';
import { configurationReadings } from './configuration.ts';
import { directoryReadings } from './directory.ts';
import { practiceReadings } from './practice.ts';
import { qualysReadings } from './qualys.ts';
import { reachReadings } from './reach.ts';
import { secretReadings } from './secret.ts';

/** How each piece of evidence is got. */
export const readings: Readings = {
  ...reachReadings,
  ...clockReadings,
  ...configurationReadings,
  ...accountReadings,
  ...secretReadings,
  ...practiceReadings,
  ...alertReadings,
  ...qualysReadings,
  ...directoryReadings,
};
