import { defineCheck } from '../../domain/check.ts';
import { clause } from '../../domain/clause.ts';
import type { CertificateProblem, Handshake } from '../../domain/evidence/reach.ts';
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
        return fail(`The certificate of ${host} ${problems[problem]} (${from})${reason}.`, [seenAs]);
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

function describe({ subject, issuer, validTo, protocol }: Handshake): string {
  const parts = [
    `certificate of ${subject ?? 'nobody'}`,
    issuer && `by ${issuer}`,
    validTo !== null && `valid to ${moment(validTo)}`,
    protocol,
  ];
  return parts.filter(Boolean).join(', ');
}
