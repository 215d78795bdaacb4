import type { Finding } from '../../domain/doctor/finding.ts';
import { plural } from '../../domain/instant.ts';
import { header, section, taken, type View } from '../blocks.ts';
import { say } from '../text.ts';
import { signs } from './verdict.ts';

type Wrong = Finding & { verdict: 'fail' | 'unknown' | 'warn' };
const order = ['fail', 'unknown', 'warn'] as const;

/** What is wrong with Vaultcheck itself, worst first, each with what to do. */
export function doctorView(findings: readonly Finding[]): View {
  const wrong = order.flatMap((word) => findings.filter((one): one is Wrong => one.verdict === word));
  if (wrong.length === 0) {
    const seen = findings.filter(({ verdict }) => verdict === 'pass').length;
    const text = `✅ Vaultcheck itself: nothing is wrong with its accounts and connections (${plural(seen, 'thing')} looked at).`;
    return { text, blocks: [section([text])] };
  }
  const title = `Vaultcheck itself: ${plural(wrong.length, 'thing')} to mend`;
  const blocks = taken([header(title), ...wrong.map(row)], (left) =>
    left > 0 ? [section([`_and ${left} more: run \`vaultcheck doctor\`_`])] : [],
  );
  return { text: say([title, ...wrong.map(({ text }) => text)].join(' · '), 1000), blocks };
}

function row({ verdict, integration, text, remedy }: Wrong) {
  const whose = integration === null ? '' : `${say(integration, 40)}: `;
  const mend = remedy === null ? [] : [`→ ${say(remedy, 400)}`];
  return section([`${signs[verdict]} ${whose}${say(text, 400)}`, ...mend]);
}
