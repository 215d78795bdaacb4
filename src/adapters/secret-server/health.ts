import type { Health } from '../../domain/evidence/reach.ts';
import { GapError } from '../../domain/gap.ts';
import type { RunScope } from '../../ports/run-scope.ts';
import type { VaultNow } from '../../ports/vault.ts';
import { isJson, parsed, pathHint } from './answers.ts';
import { vendorWords } from './gaps.ts';
import { HealthCheck } from './schemas/health.ts';
import type { Answer, Side, Wire } from './wire.ts';

/** The answer of the health check, and the clocks that came with it. */
export type HealthSeen = { health: Health; clocks: VaultNow | null };

const limitMs = 10_000;

/** Asks the anonymous health check, once and for 10 s. Silence is a value; only the run's deadline is a gap. */
export async function askHealth(wire: Wire, side: Side, url: string, run: RunScope): Promise<HealthSeen> {
  const path = '/api/v1/healthcheck';
  try {
    return judged(await wire.send({ side, method: 'GET', path, timeoutMs: limitMs }, run), url);
  } catch (error) {
    if (!(error instanceof GapError) || run.signal.aborted) throw error;
    return { health: unanswered(url, 'silent', error.gap.detail), clocks: null };
  }
}

/** An unhealthy server may say so with an error status: its own JSON counts, whatever the status. */
function judged(answer: Answer, url: string): HealthSeen {
  const own = isJson(answer) ? HealthCheck.safeParse(parsed(answer.text)) : undefined;
  if (!own?.success) return { health: elsewhere(answer, url), clocks: null };
  const { healthy, readOnly, clocks } = own.data;
  const detail = `Secret Server answers at ${url}: ${healthy ? 'healthy' : 'not healthy'}`;
  return {
    health: { url, state: 'answered', healthy, readOnly, detail, pathSuspect: false },
    clocks,
  };
}

function elsewhere(answer: Answer, url: string): Health {
  if (answer.status >= 500) {
    return unanswered(url, 'failing', `${url} answered with an error of the server (HTTP ${answer.status})`);
  }
  if (isPlatform(answer, url)) {
    return unanswered(url, 'foreign', `${url} is a Delinea Platform tenant, which is not supported yet`);
  }
  const hint = pathHint(url);
  const what = isJson(answer) ? 'other JSON' : vendorWords(answer.type) || 'no content type';
  const detail = `${url} is answered by something else than Secret Server (HTTP ${answer.status}, ${what})${hint}`;
  return { ...unanswered(url, 'foreign', detail), pathSuspect: hint !== '' };
}

/** Known by its host, or by a page that names the product. */
function isPlatform({ text }: Answer, url: string): boolean {
  return /\.delinea\.app$/i.test(new URL(url).hostname) || /delinea platform/i.test(text);
}

function unanswered(url: string, state: Health['state'], detail: string): Health {
  return { url, state, healthy: null, readOnly: null, detail, pathSuspect: false };
}
