import type { Progress } from '../ports/records.ts';

/** People are told after seconds what a run waits for: a run that ends before leaves nothing to be written. */
const quietMs = 1_000;

/** Keeps what a run waits for in the records, for as long as it lasts. What is only there to be looked at may be missed. */
export function progressKept(progress: Progress, runId: string) {
  let latest: readonly string[] = [];
  let due = false;
  let isWritten = false;
  const write = () => {
    isWritten = true;
    void progress.waitingFor(runId, latest).catch(() => {});
  };
  const timer = setTimeout(() => {
    due = true;
    write();
  }, quietMs);
  return {
    waiting(systems: readonly string[]) {
      latest = systems;
      if (due) write();
    },
    async ended() {
      clearTimeout(timer);
      due = false;
      if (isWritten) await progress.ended(runId);
    },
  };
}
