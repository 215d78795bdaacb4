import type { SiteSight } from '../domain/evidence/reach.ts';
import type { Instant } from '../domain/instant.ts';
import type { Endpoint } from './network.ts';
import type { RunScope } from './run-scope.ts';

/** The way to Secret Server as a probe is to look at it. `encrypted`: whether a TLS handshake belongs to it. */
export type SiteQuestion = Endpoint & { encrypted: boolean };

/** A probe that gave a sign of life. `version` is the program's. */
export type ProbeSign = { id: string; version: string; at: Instant };

/** Signs of life at one site: those that are fresh, and the last of all. `lastSeen` null: never heard of. */
export type SiteHealth = { alive: ProbeSign[]; lastSeen: Instant | null };

/**
 * Networks that Vaultcheck is not in, seen through probes that stand there. Throws GapError of the source `probe`: at
 * once where no probe is alive, after some seconds where one took the question and stays silent.
 * Not in it: HTTP, logins, any credential.
 */
export type Sites = {
  look(site: string, question: SiteQuestion): Promise<SiteSight>;
  health(site: string): Promise<SiteHealth>;
};

/** Opens the sites for one run. */
export type OpenSites = (run: Pick<RunScope, 'signal'>) => Sites;
