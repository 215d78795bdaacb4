import { GapError } from '../../domain/gap.ts';
import type { RunScope } from '../../ports/run-scope.ts';
import type { Dated } from '../../ports/scanner.ts';
import { failureGap } from '../http/failures.ts';
import { limit } from '../waiting-line.ts';
import { type Refusal, refusalGap, saidIn } from './answers.ts';
import type { Element } from './element.ts';
import { qualysGap } from './gaps.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { Lanes } from './lanes.ts';
import type { LoginMemory } from './login-memory.ts';
import { defaultPauses, type QualysOptions } from './options.ts';
import { nextQuery } from './pages.ts';
import { longestWaitMs, patiently } from './patience.ts';
import { type Route, type RouteName, routes } from './routes.ts';
import { maxQueryLength, type Query, type Wire } from './wire.ts';

export type Parts = {
  options: QualysOptions;
  wire: Wire;
  kept: KeptAnswers;
  logins: LoginMemory;
  lanes: Lanes;
  /** Until when a path is not asked, because the vendor told to wait. */
  blocked: Map<string, number>;
  /** How many versions of a route turned out to be unknown here. */
  skipped: Map<RouteName, number>;
};

/** One question: how it is asked, and what is made of each page. `root` is how the vendor calls its answer. */
export type Question<T> = {
  route: RouteName;
  /** In place of `{type}`. */
  type?: string;
  query?: Query;
  root: RegExp;
  read(response: Element): T[];
};

export type Ask = <T>(question: Question<T>) => Promise<Dated<T[]>>;

/** Longer lists are `truncated`: ten thousand hosts or records. */
const mostPages = 10;

/**
 * Asks for one run: what is kept first; then in our turn. Until an answer shows that the password is taken, one question
 * goes after the other, since each carries it. An answer that says something about the account ends the run's
 * questions: each of them would only be refused again.
 */
export function askAs(parts: Parts, run: RunScope): Ask {
  const { options, kept, lanes } = parts;
  const oneByOne = limit(1);
  let isTaken = false;
  let denied: GapError | undefined;
  /** While the turn is still ours: whoever waits for it asks next. */
  const noted = (error: unknown): never => {
    if (error instanceof GapError && error.gap.cause === 'denied') denied = error;
    throw error;
  };
  return async <T>(question: Question<T>) => {
    const { route } = question;
    const key = JSON.stringify([route, question.type, question.query]);
    const early = kept.find<T[]>(key);
    if (early) return early;
    const inTurn = async (lost: AbortSignal) => {
      if (denied) throw denied;
      const meanwhile = kept.find<T[]>(key);
      if (meanwhile) return meanwhile;
      const scope = { ...run, signal: AbortSignal.any([run.signal, lost]) };
      const found = await pagesOf(parts, scope, question).catch(noted);
      isTaken = true;
      const answer = { readAt: options.now(), found };
      kept.keep(key, answer);
      return answer;
    };
    const asFirst = () => (isTaken ? undefined : lanes.first(route, run.signal, inTurn));
    try {
      const answer = isTaken ? undefined : await oneByOne(run.signal, async () => asFirst());
      return answer ?? (await lanes.inLane(route, run.signal, inTurn));
    } catch (error) {
      throw run.signal.aborted && !(error instanceof GapError) ? deadlineGap(options) : error;
    }
  };
}

function deadlineGap({ url }: QualysOptions): GapError {
  const failure = { host: new URL(url).host, code: '', deadline: true, timedOut: false, seconds: 0 };
  return failureGap(failure, { source: 'qualys', system: 'Qualys' });
}

async function pagesOf<T>(parts: Parts, run: RunScope, question: Question<T>): Promise<T[]> {
  const found: T[] = [];
  let query: Query | undefined = { action: routes[question.route].action, ...question.query };
  for (let page = 0; query; page += 1) {
    if (page === mostPages) throw tooMany(question);
    const response = await oneAnswer(parts, run, { ...question, query });
    found.push(...question.read(response));
    query = nextQuery(response, query, routes[question.route].parameters);
  }
  return found;
}

function tooMany({ route }: Question<unknown>): GapError {
  return qualysGap('truncated', `Qualys has more ${route} than are read (${mostPages} pages)`);
}

/** Newest version first; one that is not known here is not tried again. */
async function oneAnswer(parts: Parts, run: RunScope, asked: Question<unknown> & { query: Query }) {
  const route: Route = routes[asked.route];
  const first = parts.skipped.get(asked.route) ?? 0;
  let last: { refusal: Refusal; path: string } | undefined;
  for (const [index, version] of route.versions.entries()) {
    if (index < first) continue;
    const path = route.path.replace('{version}', version).replace('{type}', asked.type ?? '');
    const said = await answered(parts, run, { ...asked, path, long: route.long });
    if ('response' in said) {
      parts.skipped.set(asked.route, index);
      return said.response;
    }
    last = { refusal: said.refusal, path };
    if (said.refusal.kind !== 'version') break;
  }
  throw last
    ? refusalGap(last.refusal, last.path, parts.options.username)
    : qualysGap('absent', `Qualys does not know ${route.path}`);
}

type Sending = Question<unknown> & { query: Query; path: string; long: boolean };

async function answered(parts: Parts, run: RunScope, { path, query, root, long }: Sending) {
  const { options, wire, logins, lanes, blocked } = parts;
  const untilMs = (blocked.get(path) ?? 0) - options.now();
  if (untilMs > 0)
    throw refusalGap({ kind: 'rate', words: 'it said so before', waitMs: untilMs }, path, options.username);
  await logins.refuseKnown();
  const isLong = long && new URLSearchParams(query).toString().length > maxQueryLength;
  const request = { method: isLong ? 'POST' : 'GET', path, query } as const;
  const said = await patiently(
    async () => {
      const one = saidIn(await wire.send(request, run), root, [options.password()]);
      if ('refusal' in one && one.refusal.kind === 'busy') lanes.crowded();
      return one;
    },
    { signal: run.signal, pauses: { ...defaultPauses, ...options.pauses } },
  );
  if ('refusal' in said) {
    const { kind, waitMs, words } = said.refusal;
    if (kind === 'login') await logins.remember(words);
    if (kind === 'rate' && waitMs !== null && waitMs > longestWaitMs)
      blocked.set(path, options.now() + waitMs);
  }
  return said;
}
