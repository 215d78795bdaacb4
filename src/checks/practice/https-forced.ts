import { defineCheck } from '../../domain/check.ts';
import type { PlainHttp } from '../../domain/evidence/practice.ts';
import type { Told } from '../../domain/told.ts';
import { fact, fail, type Judgement, pass, unknown, warn } from '../../domain/verdict.ts';

type Key = 'httpsForced' | 'plainHttp';

export const httpsForced = defineCheck({
  id: 'https-forced',
  section: 'practice',
  title: 'Secret Server forces HTTPS',
  why: 'Whoever calls it by http: sends a password that everybody on the way can read.',
  remedy: 'Turn Force HTTPS/SSL on in Secret Server (Administration > Configuration > Security).',
  blocking: false,
  needs: [] as readonly never[],
  wants: ['httpsForced', 'plainHttp'],
  judge({ httpsForced, plainHttp }, { settings }) {
    const clear = [settings.vaultUrl, settings.scannerUrl].find((url) => url.startsWith('http:'));
    if (clear !== undefined) {
      const text = `The configured URL is not encrypted: ${clear}`;
      const remedy = 'Put https: into the URL, in the configuration and in the vault record of Qualys.';
      return fail(`${text}.`, [fact('httpsForced', text)], remedy);
    }
    if ('gap' in httpsForced) return unknown([httpsForced.gap]);
    if (!httpsForced.known) return unforced(plainHttp);
    return pass(fact('httpsForced', 'Force HTTPS is on (derived from configuration)'));
  },
});

function unforced(told: Told<PlainHttp | null>): Judgement<Key> {
  const off = fact<Key>('httpsForced', 'Force HTTPS is off (derived from configuration)');
  if ('gap' in told) return unknown([told.gap], [off]);
  if (told.known === null) return warn('Force HTTPS is off.', [off]);
  const { host, state, detail } = told.known;
  const facts = [off, fact<Key>('plainHttp', `Port 80 of ${host}: ${detail}`)];
  if (state === 'page') return fail(`Force HTTPS is off, and port 80 of ${host} answers: ${detail}.`, facts);
  return warn(`Force HTTPS is off; port 80 of ${host} ${words[state]}.`, facts);
}

const words = { closed: 'is closed', redirects: 'redirects to https' } as const;
