import { accountChanges, directoryChanges, passwordChanges } from './account-changes.ts';
import { applianceAt, sharedAddress } from './appliance-address.ts';
import { type Book, toldOf } from './book.ts';
import { type Change, folderChange, secretChange } from './changes.ts';
import type { Gap } from './gap.ts';
import { type Instant, minuteMs, moment } from './instant.ts';
import { recordChanges } from './record-changes.ts';
import type { Proof } from './report.ts';
import { accountLabel, leftBy, ofAccount } from './scan-account.ts';
import { type Account, type Context, windowStart } from './settings.ts';
import { gapsOf, knownOf } from './told.ts';

/** What one source knows of changes that the chain of one account hangs on, and what it could not read. */
type ChangeSource = (book: Book, account: Account, context: Context) => { changes: Change[]; gaps: Gap[] };

/** Each source of changes by itself: one more (Qualys records) is one more line. */
const changeSources: readonly ChangeSource[] = [
  passwordChanges,
  directoryChanges,
  accountChanges,
  secretChanges,
  recordChanges,
  folderChanges,
];

type Trace = {
  account: Account;
  login: { at: Instant; address: string } | undefined;
  view: { at: Instant } | undefined;
  /** The last view with an appliance's login before it, both later than every known change. */
  chain: { login: Instant; view: Instant } | undefined;
  lastChange: Change | undefined;
  /** What is not later than this may be older than a change. */
  after: Instant;
  gaps: Gap[];
};

/**
 * Whether an audit trail shows that the chain works: a login of a scan account from an appliance's address and a later
 * view of this secret by it, both in the window and later than every known change.
 * `partial`: some of it, or something could not be read that might speak against it. `none`: neither was seen.
 */
export function proofOf(book: Book, context: Context): Proof {
  const traces = context.settings.scanAccounts.map((account) => traceOf(book, account, context));
  const [proved] = traces.filter((one) => one.chain).sort((a, b) => a.gaps.length - b.gaps.length);
  if (proved?.chain) return fromChain(proved, proved.chain, proxyText(book, context));
  const [seen] = traces.filter((one) => one.login ?? one.view);
  if (seen) return partial(latest([seen.login?.at, seen.view?.at]), missingOf(seen, context));
  const since = moment(windowStart(context));
  const unread = unreadText(traces.flatMap((one) => one.gaps));
  return {
    level: 'none',
    at: null,
    text: `No login from an appliance and no view since ${since} was seen.${unread}`,
  };
}

/** Why addresses may prove nothing. A proxy shows itself in the reader's own row alone: unread, it cannot be ruled out. */
function proxyText(book: Book, { settings }: Context): string | undefined {
  const seenFrom = toldOf(book, 'readerSeenFrom');
  if ('gap' in seenFrom)
    return ` That a proxy hides who is who cannot be ruled out.${unreadText([seenFrom.gap])}`;
  const shared = sharedAddress(seenFrom, settings.appliances);
  return shared && ` But the reader comes from ${shared} too: a proxy hides who is who.`;
}

function fromChain(trace: Trace, chain: NonNullable<Trace['chain']>, proxy: string | undefined): Proof {
  const name = accountLabel(trace.account);
  const text = `${name} logged in from an appliance at ${moment(chain.login)} and viewed the secret at ${moment(chain.view)}.`;
  if (proxy) return partial(chain.view, `${text}${proxy}`);
  if (trace.gaps.length > 0)
    return partial(chain.view, `${text} Changes since then cannot be ruled out.${unreadText(trace.gaps)}`);
  return { level: 'proved', at: iso(chain.view), text };
}

/** Clocks of two systems may be this far apart: what came so soon after a change may have come before it. */
const skewMs = 5 * minuteMs;

function surelyBy({ at, otherClock }: Change): Instant {
  return otherClock ? at + skewMs : at;
}

function missingOf(trace: Trace, context: Context): string {
  const name = accountLabel(trace.account);
  const seen = [
    trace.login && `${name} logged in from ${trace.login.address} at ${moment(trace.login.at)}.`,
    trace.view && `${name} viewed the secret at ${moment(trace.view.at)}.`,
  ];
  const missing = [
    !trace.login && withoutLogin(context),
    !trace.view && 'No view of this secret by it was seen.',
    trace.login && trace.view && uselessText(trace.login.at, trace.view.at, trace),
  ];
  return [...seen, ...missing].filter(Boolean).join(' ') + unreadText(trace.gaps);
}

/** Why a login and a view that were both seen prove nothing. */
function uselessText(login: Instant, view: Instant, { lastChange, after }: Trace): string {
  const [isOldLogin, isOldView] = [login <= after, view <= after];
  if (!lastChange || !(isOldLogin || isOldView)) return 'No view followed the login.';
  const change = `the last change, at ${moment(lastChange.at)} (${lastChange.what})`;
  if (Math.min(login, view) > lastChange.at)
    return `They came within minutes of ${change}, by another clock.`;
  const which = isOldLogin && isOldView ? 'Both were' : `The ${isOldLogin ? 'login' : 'view'} was`;
  return `${which} before ${change}, so nothing proves yet that it works now.`;
}

function withoutLogin({ settings }: Context): string {
  const configured = settings.appliances.some((one) => one.addresses.length > 0);
  return configured
    ? "No login from an appliance's address was seen."
    : "No appliance's address is configured, so its logins cannot be told from others.";
}

function partial(at: Instant | undefined, text: string): Proof {
  return { level: 'partial', at: at === undefined ? null : iso(at), text };
}

function unreadText([first]: readonly Gap[]): string {
  return first ? ` Could not be read: ${first.detail}` : '';
}

function traceOf(book: Book, account: Account, context: Context): Trace {
  const found = changeSources.map((source) => source(book, account, context));
  const changes = found.flatMap((one) => one.changes).sort((a, b) => b.at - a.at);
  const { logins, views } = usesBy(book, account, context);
  const after = Math.max(...changes.map(surelyBy));
  const fresh = logins.filter((one) => one.at > after);
  const view = views.find((one) => fresh.some((login) => login.at <= one.at));
  const login = view && fresh.find((one) => one.at <= view.at);
  return {
    account,
    login: logins[0],
    view: views[0],
    chain: view && login ? { login: login.at, view: view.at } : undefined,
    lastChange: changes[0],
    after,
    gaps: found.flatMap((one) => one.gaps),
  };
}

/** Logins from appliances and views of this secret within the window, newest first. */
function usesBy(book: Book, account: Account, context: Context) {
  const { settings } = context;
  const within = (row: { at: Instant }) => row.at >= windowStart(context) && row.at <= context.at;
  const rows = knownOf([ofAccount(toldOf(book, 'scanUserAudits'), account)])
    .flat()
    .filter(within);
  const logins = rows.flatMap(({ at, action, address }) =>
    action === 'login' && address !== null && applianceAt(address, settings.appliances)
      ? [{ at, address }]
      : [],
  );
  const [user = null] = knownOf([ofAccount(toldOf(book, 'scanUsers'), account)]);
  const views = knownOf([toldOf(book, 'secretAudit')])
    .flat()
    .filter(within)
    .filter((row) => row.action === 'viewed' || row.action === 'password-displayed')
    .filter((row) => leftBy(row, { account, user, settings }));
  return { logins: logins.sort((a, b) => b.at - a.at), views: views.sort((a, b) => b.at - a.at) };
}

function secretChanges(book: Book) {
  const audit = toldOf(book, 'secretAudit');
  return {
    changes: knownOf([audit])
      .flat()
      .flatMap((row) => secretChange(row) ?? []),
    gaps: gapsOf([audit]),
  };
}

/** Permissions that the secret inherits. Evidence of before this was gathered tells nothing of them. */
function folderChanges(book: Book) {
  if (!book.folderAudit) return { changes: [], gaps: [] };
  const audit = toldOf(book, 'folderAudit');
  return {
    changes: knownOf([audit])
      .flatMap((rows) => rows ?? [])
      .flatMap((row) => folderChange(row) ?? []),
    gaps: gapsOf([audit]),
  };
}

function latest(all: readonly (Instant | undefined)[]): Instant | undefined {
  const known = all.filter((one) => one !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
