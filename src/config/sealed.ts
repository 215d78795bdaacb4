import { inspect } from 'node:util';

/**
 * A secret that prints as `[sealed]`: in a template, in JSON, in a log, in `util.inspect` and among an object's values.
 * The text lives in a closure, so nothing that walks properties finds it.
 */
export type Sealed = {
  /** The text itself. Called where it is sent, and nowhere before. */
  reveal(): string;
  toString(): string;
  toJSON(): string;
};

const shown = '[sealed]';

export function sealed(text: string): Sealed {
  const print = () => shown;
  return Object.freeze({ reveal: () => text, toString: print, toJSON: print, [inspect.custom]: print });
}
