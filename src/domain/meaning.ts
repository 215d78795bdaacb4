import type { Report } from './report.ts';

/** Where one of these is the cause, the scan gets the password: it is wrong, or its account cannot log in. */
const beyondTheVault: ReadonlySet<string> = new Set([
  'secret-heartbeat',
  'password-in-step',
  'directory-account-usable',
]);

/** What a report means for the scan: the words behind the name of the secret. */
export function meaningOf({
  overall,
  diagnosis,
  proof,
}: Pick<Report, 'overall' | 'diagnosis' | 'proof'>): string {
  if (diagnosis?.kind === 'cause') {
    return beyondTheVault.has(diagnosis.check)
      ? 'the scan gets this password, but cannot log in with it'
      : 'the scan cannot get this password';
  }
  if (diagnosis?.kind === 'blind') return 'cannot tell whether the scan gets this password';
  if (diagnosis?.kind === 'advice') return 'nothing stops the scan, something needs attention';
  if (overall === 'fail') return 'something fails';
  if (overall === 'unknown') return 'cannot tell whether the scan gets this password';
  if (overall === 'warn') return 'the scan can get this password, something needs attention';
  const proved = proof.level === 'proved';
  return proved ? 'the scan gets this password' : 'nothing stops the scan from getting this password';
}
