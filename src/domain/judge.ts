import type { Book } from './book.ts';
import type { Applied, Check } from './check.ts';
import { diagnose } from './diagnosis.ts';
import type { EvidenceKey } from './evidence/index.ts';
import type { Instant } from './instant.ts';
import { proofOf } from './proof.ts';
import { overall, type Report, type ReportedCheck, type ReportedEvidence } from './report.ts';
import type { Context } from './settings.ts';
import type { Fact, Judgement } from './verdict.ts';

/** What judging adds to a report; the rest of it (run, times, calls) belongs to whoever ran it. */
export type Judged = Pick<Report, 'checks' | 'overall' | 'diagnosis' | 'proof'> & { secretId: number | null };

/**
 * Judges all that one run gathered for one secret: every check once, in the order given, then the diagnosis and the
 * proof. The same book, context and checks always give the same answer, so saved evidence can be judged again.
 */
export function judgeAll(book: Book, context: Context, checks: readonly Check[]): Judged {
  const rows = checks.map((check) => reportedCheck(check, book, context));
  return {
    checks: rows,
    overall: overall(rows),
    diagnosis: diagnose(rows, checks),
    proof: proofOf(book, context),
    secretId: book.secret && 'value' in book.secret ? book.secret.value.id : null,
  };
}

function reportedCheck(check: Check, book: Book, context: Context): ReportedCheck {
  const applied = check.apply(book, context);
  const { judgement } = applied;
  const finding = 'finding' in judgement ? judgement.finding : null;
  return {
    id: check.id,
    section: check.section,
    title: check.title,
    verdict: judgement.verdict,
    accepted: finding === null ? null : acceptance(check.id, context),
    finding,
    remedy: 'finding' in judgement ? (judgement.remedy ?? check.remedy) : null,
    because: judgement.verdict === 'skipped' ? judgement.because : null,
    gaps: gapsOfRow(applied),
    evidence: factsOf(judgement).map((fact) => reportedEvidence(fact, book, context)),
  };
}

/** The waiver that counts at this moment. Its last day belongs to it, in UTC. */
function acceptance(id: string, { settings, secret, at }: Context): ReportedCheck['accepted'] {
  const today = iso(at).slice(0, 10);
  const waiver = settings.accept.find(
    (one) => one.check === id && (one.secret === null || one.secret === secret) && today <= one.until,
  );
  return waiver ? { reason: waiver.reason, until: waiver.until } : null;
}

function gapsOfRow({ judgement, missed }: Applied): ReportedCheck['gaps'] {
  return judgement.verdict === 'unknown' ? [...judgement.gaps] : [...missed];
}

function factsOf(judgement: Judgement<EvidenceKey>): readonly Fact<EvidenceKey>[] {
  return judgement.verdict === 'skipped' ? [] : judgement.facts;
}

/** A fact about evidence that is not in the book is what Vaultcheck itself says at the moment of judging. */
function reportedEvidence(fact: Fact<EvidenceKey>, book: Book, { at }: Context): ReportedEvidence {
  const entry = book[fact.about];
  if (!entry || 'gap' in entry) return { source: 'vaultcheck', fact: fact.text, at: iso(at) };
  return { source: entry.source, fact: fact.text, at: iso(entry.at) };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
