/** Whether a folder is the other one or lies below it. Paths are `\A\B`, read without case. */
export function liesIn(path: string, folder: string): boolean {
  const [inner, outer] = [partsOf(path), partsOf(folder)];
  return outer.every((part, index) => inner[index] === part);
}

function partsOf(path: string): string[] {
  return path
    .toLowerCase()
    .split(/[\\/]+/)
    .map((part) => part.trim())
    .filter(Boolean);
}
