import type { State } from './state.ts';

/**
 * Resolves with the first truthy value of `predicate`, asked now and after each change of the workspace. Rejects
 * after `timeoutMs` with the words of `what`, so that a failing test says what never came.
 */
export function waitFor<T>(
  state: State,
  predicate: () => T,
  timeoutMs: number,
  what: string,
): Promise<NonNullable<T>> {
  return new Promise((resolve, reject) => {
    const look = () => {
      try {
        const value = predicate();
        if (value) finish(() => resolve(value));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const stop = state.onChange(look);
    const timer = setTimeout(
      () => finish(() => reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}.`))),
      timeoutMs,
    );
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      settle();
    };
    look();
  });
}
