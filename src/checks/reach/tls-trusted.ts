import { defineCheck } from '../../domain/check.ts';
import { clause } from '../../domain/clause.ts';
import type { Certificate, CertificateProblem, Handshake } from '../../domain/evidence/reach.ts';
import { dayMs, moment, span } from '../../domain/instant.ts';
import { eachPlace } from '../../domain/places.ts';
import { fact, fail, pass, skipped, warn } from '../../domain/verdict.ts';

const soonMs = 30 * dayMs;

const problems: Record<CertificateProblem, string> = {
  expired: 'has expired',
  'not-yet-valid': 'is not valid yet',
  'wrong-name': 'is for another name',
  untrusted: 'is not trusted',
  'old-protocol': 'is offered with a protocol below TLS 1.2 only',
  'no-handshake': 'could not be seen: the TLS handshake broke off',
};

export const tlsTrusted = defineCheck({
  id: 'tls-trusted',
  section: 'reach',
  title: 'Its certificate is valid for that name and trusted',
  why: 'The appliance sends a password over this connection, and gives up when it cannot trust the other end.',
  remedy:
    'Install a certificate for this host name, with its whole chain, in the HTTPS binding of the Secret Server site in IIS.',
  blocking: true,
  needs: ['certificate'],
  judge({ certificate: { host, encrypted, seen } }, { at }) {
    if (!encrypted) return skipped('The configured URL is http:, so there is no certificate.');
    return eachPlace(seen, (handshake, from) => {
      const { problem, detail, validTo } = handshake;
      const seenAs = fact('certificate', `${describe(handshake)}, seen ${from}`);
      if (problem !== null) {
        const reason = detail ? `: ${clause(detail)}` : '';
        const text = `The certificate of ${host} ${problems[problem]} (${from})${reason}.`;
        return fail(text, [seenAs], isAnothers(handshake, seen) ? inspected(host, handshake) : null);
      }
      if (validTo !== null && validTo <= at + soonMs) {
        const left = span(validTo - at);
        const text = `The certificate of ${host} expires at ${moment(validTo)}, in ${left}.`;
        return warn(text, [seenAs], 'Renew the certificate of the Secret Server site before that day.');
      }
      return pass(seenAs);
    });
  },
});

/** Whether another authority issued it than the one that a place trusts: something in between answers for Secret Server. */
function isAnothers({ problem, issuer }: Handshake, seen: Certificate['seen']): boolean {
  const trusted = seen.flatMap(({ told }) =>
    'known' in told && told.known.problem === null ? [told.known.issuer] : [],
  );
  return problem === 'untrusted' && issuer !== null && trusted.length > 0 && !trusted.includes(issuer);
}

function inspected(host: string, { issuer }: Handshake): string {
  return `A proxy or firewall in that network answers with a certificate of “${issuer}” instead of Secret Server's own: take ${host} out of its TLS inspection.`;
}

function describe({ subject, issuer, validTo, protocol }: Handshake): string {
  const parts = [
    `certificate of ${subject ?? 'nobody'}`,
    issuer && `by ${issuer}`,
    validTo !== null && `valid to ${moment(validTo)}`,
    protocol,
  ];
  return parts.filter(Boolean).join(', ');
}
