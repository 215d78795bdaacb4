/** Where a command writes, and what it may know of its surroundings. */
export type Terminal = {
  /** Data. */
  out(text: string): void;
  /** Messages and progress. */
  err(text: string): void;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** How data may look. */
  style: Style;
  /** Whether somebody watches stderr, so that progress may rewrite its line. */
  isWatched: boolean;
};

/** `timeZone`: the reader's own, in which moments are shown. */
export type Style = { colour: boolean; width: number; timeZone: string };

type Stream = { isTTY?: boolean; columns?: number };

const widest = 100;

/** What the output may look like. Colour only on a terminal, unless `FORCE_COLOR` or `NO_COLOR` say otherwise. */
export function styleFor(stream: Stream, env: Terminal['env']): Style {
  const isTerminal = stream.isTTY === true;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const columns = isTerminal && stream.columns ? stream.columns : widest;
  return { colour: hasColour(isTerminal, env), width: Math.max(40, Math.min(columns, widest)), timeZone };
}

function hasColour(isTerminal: boolean, { FORCE_COLOR, NO_COLOR, TERM }: Terminal['env']): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTerminal && TERM !== 'dumb';
}

/** The terminal of this process. A reader that goes away (`| head`) ends the output and is no error. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: quietWriter(stdout),
    err: quietWriter(stderr),
    env,
    cwd: process.cwd(),
    style: styleFor(stdout, env),
    isWatched: stderr.isTTY === true && env['TERM'] !== 'dumb',
  };
}

function quietWriter(stream: NodeJS.WriteStream): (text: string) => void {
  let isOpen = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isOpen = false;
    if (error.code !== 'EPIPE') throw error;
  });
  return (text) => {
    if (isOpen) stream.write(text);
  };
}
