import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

/** What a file of each room plants, and whether biome.json must refuse it. */
const FORBIDDEN: Record<string, string[]> = {
  'lib/clips/list-clips.ts': ['#lib/db/prisma-client.ts', '#lib/runtime/web.ts', '../masters/get-master.ts'],
  'lib/clips/clip-repo.ts': ['#generated/prisma/client.ts', 'pg'],
  'lib/library-audit/audit-media.ts': ['#lib/db/prisma-client.ts', '#lib/storage/disk/store.ts'],
  'lib/masters/get-master.ts': ['#lib/media/run-ffmpeg.ts', '#lib/storage/disk/store.ts'],
  'lib/storage/disk/store.ts': ['#lib/clips/clip.ts', '@google-cloud/storage'],
  'lib/storage/google/store.ts': ['#lib/clips/clip.ts', './fake/server.ts'],
  'lib/runtime/portal.ts': ['@google-cloud/storage', '#lib/storage/google/fake/server.ts'],
  'lib/media/cut-clip.ts': ['#lib/clips/clip-repo.ts', 'next/server'],
  'lib/http/cursor.ts': ['#lib/clips/clip.ts'],
  'lib/server/doors.ts': ['#lib/clips/clip.ts', '#lib/runtime/web.ts', 'next/server'],
  'lib/runtime/worker.ts': ['#app/_ui/button.tsx'],
  'app/api/v2/clips/route.ts': ['#lib/clips/clip-repo.ts', '#lib/db/prisma-client.ts', '#lib/runtime/portal.ts'],
  'app/(portal)/clips/page.tsx': ['#app/api/v2/clips/route.ts', '#lib/clips/clip-repo.ts'],
  'app/(portal)/clips/_components/clip-grid-client.tsx': ['#lib/clips/list-clips.ts'],
  'app/_client/clip-queries.ts': ['#lib/runtime/web.ts'],
  'scripts/worker.ts': ['#app/_ui/button.tsx', '@google-cloud/storage'],
  'e2e/main-path.spec.ts': ['#lib/clips/create-clip.ts', '#lib/storage/google/store.ts'],
};
const ALLOWED: Record<string, string[]> = {
  'e2e/google-store.spec.ts': ['#lib/storage/google/fake/harness.ts'],
  'lib/clips/list-clips.ts': ['#lib/auth/permissions.ts', '#lib/media/media-types.ts'],
  'lib/clips/clip-repo.ts': ['#lib/db/prisma-client.ts'],
  'lib/library-audit/report-repo.ts': ['#lib/db/prisma-client.ts'],
  'lib/storage/disk/store.ts': ['#lib/errors.ts'],
  'lib/server/doors.ts': ['#lib/http/problem.ts', '#lib/config/env.ts', '#lib/http/node-http-bridge.ts'],
  'lib/storage/google/client.ts': ['@google-cloud/storage'],
  // The benchmark measures Google's own signer beside the portal's.
  'scripts/bench/delivery-signers.ts': ['@google-cloud/storage'],
  'app/api/v2/clips/route.ts': ['#lib/clips/list-clips.ts', '#lib/runtime/web.ts'],
  'app/(portal)/clips/_components/clip-grid-client.tsx': ['#lib/clips/clip-schemas.ts'],
};

const casesOf = (table: Record<string, string[]>) =>
  Object.entries(table).flatMap(([file, imports]) => imports.map((specifier) => [file, specifier] as const));

describe('the rooms of the house', () => {
  let house = '';
  /** `file specifier` of every import that was refused. */
  let refused = new Set<string>();

  beforeAll(async () => {
    house = await mkdtemp(path.join(tmpdir(), 'heartbeat-rooms-'));
    const config = JSON.parse(await readFile(path.join(ROOT, 'biome.json'), 'utf8'));
    await writeFile(
      path.join(house, 'biome.json'),
      JSON.stringify({ ...config, vcs: { enabled: false }, plugins: [] }),
    );
    const lines = new Map<string, string[]>();
    for (const [file, specifier] of [...casesOf(FORBIDDEN), ...casesOf(ALLOWED)]) {
      lines.set(file, [...(lines.get(file) ?? []), specifier]);
    }
    for (const [file, specifiers] of lines) {
      await mkdir(path.dirname(path.join(house, file)), { recursive: true });
      await writeFile(path.join(house, file), specifiers.map((name) => `import '${name}';\n`).join(''));
    }
    const args = ['lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none', '.'];
    const biome = path.join(ROOT, 'node_modules/.bin/biome');
    const { stdout } = await execa(biome, args, { cwd: house, reject: false });
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { location: { path: string; start: { line: number } } }[];
    };
    refused = new Set(
      diagnostics.map(({ location }) => `${location.path} ${lines.get(location.path)?.[location.start.line - 1]}`),
    );
  });
  afterAll(() => rm(house, { recursive: true, force: true }));

  it.each(casesOf(FORBIDDEN))('%s may not import %s', (file, specifier) => {
    expect(refused).toContain(`${file} ${specifier}`);
  });

  it.each(casesOf(ALLOWED))('%s may import %s', (file, specifier) => {
    expect(refused).not.toContain(`${file} ${specifier}`);
  });
});
