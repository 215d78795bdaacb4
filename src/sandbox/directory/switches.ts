/**
 * How the controller misbehaves.
 * - `hang` takes a connection and never answers, not even a handshake
 * - `refuse` cuts every connection at once
 * - `cut` ends the connection when it is searched
 * - `half-answer` sends half of what it would, and ends the connection
 * - `web-page` answers as a web server does
 * - `referral` sends every search to another server
 * - `hidden` shows no attribute that is judged
 * - a number: the result code of every search (RFC 4511: 51 busy, 52 unavailable, 50 not allowed, 4 too many)
 */
export type DirectoryFailure =
  | 'hang'
  | 'refuse'
  | 'cut'
  | 'half-answer'
  | 'web-page'
  | 'referral'
  | 'hidden'
  | 'wrong-types'
  | number;

export type DirectorySwitches = {
  /** Every login and search is answered so much later. */
  delayMs: number;
  failure: DirectoryFailure | null;
  /** Lasts for so many searches or connections, then goes away. Null: for ever. */
  times: number | null;
};

/** What came in. Names of binds without passwords. */
export type DirectoryTraffic = {
  connections: number;
  openConnections: number;
  binds: { name: string; secure: boolean; code: number }[];
  searches: { base: string; attributes: string[] }[];
  /** What a verifier must never send, with the reason. A test expects this to be empty. */
  forbidden: string[];
};

export function noDirectoryTraffic(): DirectoryTraffic {
  return { connections: 0, openConnections: 0, binds: [], searches: [], forbidden: [] };
}
