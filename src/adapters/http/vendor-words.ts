const maxWords = 300;

/**
 * The vendor's own words, fit to be shown: one line, limited, and without the secrets that a server might echo.
 * `sealed` are those secrets.
 */
export function vendorWords(text: string, sealed: readonly string[] = []): string {
  let words = text;
  for (const secret of sealed) {
    if (secret !== '') words = words.replaceAll(secret, '[sealed]');
  }
  const line = words.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > maxWords ? `${line.slice(0, maxWords)}…` : line;
}
