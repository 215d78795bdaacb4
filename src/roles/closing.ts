/** What was opened, closed in reverse. `close` goes through the whole list even when a step fails, and does it once. */
export type Closing = {
  add(name: string, step: () => void | Promise<void>): void;
  close(): Promise<void>;
};

export function closing(onFailure: (name: string, error: unknown) => void): Closing {
  const steps: { name: string; step: () => void | Promise<void> }[] = [];
  return {
    add: (name, step) => void steps.push({ name, step }),
    async close() {
      for (let next = steps.pop(); next; next = steps.pop()) {
        try {
          await next.step();
        } catch (error) {
          onFailure(next.name, error);
        }
      }
    },
  };
}
