import type { DirectoryAccount } from '../domain/evidence/directory.ts';
import type { RunScope } from './run-scope.ts';

/**
 * Names that one account may be found by. A principal name (`name@suffix`) goes before a logon name where both find
 * one; null: that name is not looked for.
 */
export type AccountNames = { principalName: string | null; logonName: string | null };

/** The domain that is read, and how far its clock is ahead of ours. */
export type DomainRead = { dnsName: string; skewMs: number };

/**
 * A directory, asked in our words. Every method throws GapError. Moments are by the directory's own clock.
 * Not in it: any password and any way to log in as an account that is looked at; each failed try would count.
 */
export type Directory = {
  domain(): Promise<DomainRead>;
  /** The domain's short name; null where the directory does not show it to us. */
  netbiosName(): Promise<string | null>;
  /** The account of these names, or null when there is none. */
  account(names: AccountNames): Promise<DirectoryAccount | null>;
};

/** Opens the directory for one run: one connection, made with the first question and ended with the run's signal. */
export type OpenDirectory = (run: RunScope) => Directory;
