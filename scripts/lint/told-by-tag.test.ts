import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

const REFUSED = ['error instanceof AppError', '!(error instanceof StoreError)', 'error instanceof Prisma.KnownError'];
const ALLOWED = [
  'error instanceof Error',
  'error instanceof z.ZodError',
  'isAppError(error)',
  'body instanceof Readable',
];

/** The lines of a file that the plugins of biome.json refuse. */
async function refusedLines(lines: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-lint-'));
  try {
    const { plugins } = JSON.parse(await readFile(path.join(ROOT, 'biome.json'), 'utf8')) as { plugins: string[] };
    const config = { plugins: plugins.map((plugin) => path.join(ROOT, plugin)) };
    await writeFile(path.join(folder, 'biome.json'), JSON.stringify(config));
    await writeFile(path.join(folder, 'planted.ts'), lines.map((line) => `${line};\n`).join(''));
    const biome = path.join(ROOT, 'node_modules/.bin/biome');
    const { stdout } = await execa(biome, ['lint', '--reporter=json', '.'], { cwd: folder, reject: false });
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { category: string; location: { start: { line: number } } }[];
    };
    const found = diagnostics.filter(({ category }) => category === 'plugin');
    return found.map(({ location }) => lines[location.start.line - 1] ?? '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

it('lint refuses to tell an error by a class of which each bundle has its own', async () => {
  expect(await refusedLines([...REFUSED, ...ALLOWED])).toEqual(REFUSED);
});
