import { defineCheck } from '../../domain/check.ts';
import { clause } from '../../domain/clause.ts';
import type { Health } from '../../domain/evidence/reach.ts';
import { type Fact, fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';

const otherUrl =
  'Correct `secretServer.url` (or `scannerUrl`) to the address at which people open Secret Server.';

export const serviceAnswers = defineCheck({
  id: 'service-answers',
  section: 'reach',
  title: 'Secret Server answers at the configured URL, healthy',
  why: 'An open port may belong to a proxy or to a stopped application; only Secret Server can hand out the credential.',
  remedy: 'Start the Secret Server site and its application pool in IIS, and look into its System Log.',
  blocking: true,
  needs: ['health'],
  judge({ health }) {
    const seen = fact('health', `${health.url}: ${clause(health.detail) || health.state}`);
    return health.state === 'answered' ? answered(health, seen) : silent(health, seen);
  },
});

function silent({ url, state, detail, pathSuspect }: Health, seen: Fact<'health'>): Judgement<'health'> {
  const reason = detail ? `: ${clause(detail)}` : '';
  // A name without an address or a closed port ends the wait at once, and the detail says so.
  if (state === 'silent') return fail(`No answer at ${url}${reason || ' within 10 s'}.`, [seen]);
  if (state === 'failing') return fail(`Secret Server answers at ${url} with an error${reason}.`, [seen]);
  const path = pathSuspect ? ' The path, such as /SecretServer, looks missing.' : '';
  return fail(`What answers at ${url} is not Secret Server${reason}.${path}`, [seen], otherUrl);
}

function answered({ url, healthy, readOnly }: Health, seen: Fact<'health'>): Judgement<'health'> {
  if (healthy === null) {
    const detail = `The health check at ${url} does not say whether Secret Server is healthy.`;
    return unknown([{ source: 'secret-server', cause: 'malformed', detail }], [seen]);
  }
  if (!healthy) return fail(`Secret Server at ${url} says that it is not healthy.`, [seen]);
  if (readOnly) {
    const mode = 'Turn read-only or maintenance mode off in Secret Server (Administration > Configuration).';
    return warn(
      `Secret Server at ${url} is in read-only or maintenance mode: check-outs fail.`,
      [seen],
      mode,
    );
  }
  return pass(fact('health', `${url} answers and says that it is healthy`));
}
