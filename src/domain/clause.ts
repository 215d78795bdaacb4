/** Somebody's sentence as the end of one of ours: without its own full stop. */
export function clause(text: string): string {
  return text.trimEnd().replace(/\.$/, '');
}
