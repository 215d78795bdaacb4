import type { ConfigError, Problem } from '../../config/problems.ts';
import { plural } from '../../domain/instant.ts';
import { plainText } from './text.ts';

/** Everything that is wrong with file and environment, a line each: `vaultcheck.yaml:12  path: what to do`. */
export function printProblems({ file, problems }: ConfigError): string {
  const lines = problems.map((one) => `  ${place(file, one)}${plainText(one.where)}: ${plainText(one.text)}`);
  return `The configuration has ${plural(problems.length, 'problem')}:\n${lines.join('\n')}\n`;
}

function place(file: string, { line }: Problem): string {
  return line === null ? '' : `${file}:${line}  `;
}
