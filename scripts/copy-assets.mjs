/** tsc copies no documents: the sandbox's pages go to dist beside the modules that serve them. */
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

for (const name of readdirSync(join(root, 'src/sandbox'))) {
  const page = join(root, 'src/sandbox', name, 'page');
  if (existsSync(page)) cpSync(page, join(root, 'dist/sandbox', name, 'page'), { recursive: true });
}
