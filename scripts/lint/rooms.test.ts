import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '#package' with { type: 'json' };
import { tableOfRooms } from './room-rules.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What a file of each room plants, and whether the check must refuse it. */
const FORBIDDEN: Record<string, string[]> = {
  'lib/clips/list-clips.ts': ['#lib/db/prisma-client.ts', '#lib/runtime/web.ts', '#lib/media/tools/run-ffmpeg.ts'],
  'lib/clips/clip-repo.ts': [
    '#generated/prisma/client.ts',
    'pg',
    '#lib/runtime/portal.ts',
    '#lib/masters/get-master.ts',
  ],
  'lib/library-audit/audit-media.ts': ['#lib/db/prisma-client.ts', '#lib/storage/disk/store.ts'],
  'lib/masters/get-master.ts': ['#lib/media/tools/run-ffmpeg.ts', '#lib/storage/disk/store.ts', '#lib/runtime/web.ts'],
  'lib/storage/port/object-keys.ts': ['#lib/media/media-types.ts', '#lib/storage/disk/store.ts'],
  'lib/storage/disk/store.ts': ['#lib/clips/clip.ts', '#lib/storage/google/store.ts', '@google-cloud/storage'],
  'lib/storage/google/store.ts': ['#lib/clips/clip.ts', './fake/server.ts'],
  'lib/runtime/portal.ts': ['@google-cloud/storage', '#lib/storage/google/fake/server.ts', 'pg-boss'],
  'lib/runtime/worker.ts': ['#app/_ui/button.tsx', 'next/server'],
  'lib/db/listen.ts': ['#lib/jobs/queues.ts'],
  'lib/auth/user-context.ts': ['#lib/users/user-repo.ts', '#lib/runtime/web.ts', 'next-auth'],
  'lib/users/user-repo.ts': ['#lib/sign-in/session-cookie.ts'],
  'lib/delivery/delivery.ts': ['#lib/media/media-types.ts', '#lib/users/resolve-caller.ts'],
  'lib/media/cut/cut-clip.ts': [
    '#lib/clips/clip-repo.ts',
    'next/server',
    '#lib/storage/disk/store.ts',
    '#lib/media/publish/publish-clip.ts',
  ],
  'lib/media/publish/publish-clip.ts': ['#lib/media/cut/cut-clip.ts', '#lib/media/tools/run-ffmpeg.ts'],
  'lib/media/probe/probe-master.ts': ['#lib/media/frames/times.ts', '#lib/media/tools/run-ffmpeg.ts'],
  'lib/media/containers/ebml.ts': ['#lib/media/tools/run-ffmpeg.ts', '#lib/media/test-masters/numbered.ts'],
  'lib/media/media-types.ts': ['#lib/media/probe/rational.ts'],
  'lib/media/without-a-row.ts': ['#lib/errors.ts'],
  'lib/http/cursor.ts': ['#lib/clips/clip.ts', '#lib/db/prisma-client.ts'],
  'lib/server/doors.ts': ['#lib/clips/clip.ts', '#lib/runtime/web.ts', 'next/server'],
  'app/api/v2/clips/resource.ts': ['#lib/clips/clip-repo.ts', '#lib/db/prisma-client.ts', '#lib/runtime/portal.ts'],
  'app/(portal)/clips/page.tsx': ['#app/api/v2/clips/resource.ts', '#lib/clips/clip-repo.ts', '#lib/http/cursor.ts'],
  'app/(portal)/clips/_components/clip-grid-client.tsx': ['#lib/clips/list-clips.ts', '#app/_session/page-user.ts'],
  'app/_client/clip-queries.ts': ['#lib/runtime/web.ts'],
  'scripts/worker.ts': [
    '#lib/media/test-masters/numbered.ts',
    '#app/_ui/button.tsx',
    '@google-cloud/storage',
    '#generated/prisma/client.ts',
  ],
  'e2e/main-path.spec.ts': ['#lib/clips/create-clip.ts', '#lib/storage/google/store.ts', '#app/_ui/button.tsx'],
};
const ALLOWED: Record<string, string[]> = {
  'e2e/google-store.spec.ts': ['#lib/storage/google/fake/harness.ts'],
  'lib/clips/list-clips.ts': ['#lib/auth/permissions.ts', '#lib/media/media-types.ts'],
  'lib/clips/clip-repo.ts': ['#lib/db/prisma-client.ts'],
  'lib/clips/list-clips.db.test.ts': ['#lib/db/prisma-client.ts', 'pg'],
  'lib/library-audit/report-repo.ts': ['#lib/db/prisma-client.ts'],
  'lib/media/cut/cut-clip.ts': ['#lib/media/frames/edges.ts', '#lib/media/tools/run-ffmpeg.ts'],
  'lib/media/tools/run-ffmpeg.test.ts': ['#lib/media/test-masters/numbered.ts'],
  'lib/storage/disk/store.ts': ['#lib/errors.ts', '#lib/storage/port/object-store.ts'],
  'lib/storage/google/client.ts': ['@google-cloud/storage'],
  'lib/server/doors.ts': ['#lib/http/problem.ts', '#lib/config/env.ts', '#lib/http/node-http-bridge.ts'],
  'lib/sign-in/session-cookie.ts': ['#lib/users/session-claims.ts', 'next-auth'],
  'lib/db/prisma-client.ts': ['#generated/prisma/client.ts', 'pg'],
  'scripts/bench/delivery-signers.ts': ['@google-cloud/storage'],
  'app/api/v2/clips/resource.ts': ['#lib/clips/list-clips.ts', '#lib/runtime/web.ts', 'next/server'],
  'app/(portal)/clips/_components/clip-grid-client.tsx': ['#lib/clips/clip-schemas.ts'],
};
/** Two rooms that need each other, for types alone. */
const CIRCLE = [
  ['lib/stats/stats-schemas.ts', 'lib/webhooks/webhook-schemas.ts'],
  ['lib/webhooks/webhook-schemas.ts', 'lib/stats/stats-schemas.ts'],
] as const;

interface Violation {
  type: string;
  from: string;
  to: string;
  unresolvedTo?: string;
  rule: { name: string };
}

const casesOf = (table: Record<string, string[]>) =>
  Object.entries(table).flatMap(([file, imports]) => imports.map((specifier) => [file, specifier] as const));

describe('the rooms of the house', () => {
  let house = '';
  let violations: Violation[] = [];
  let refused = new Set<string>();

  beforeAll(async () => {
    house = await mkdtemp(path.join(tmpdir(), 'heartbeat-rooms-'));
    const texts = new Map<string, string>([
      ['proxy.ts', ''],
      ['instrumentation.ts', ''],
    ]);
    const plant = (file: string, line = '') => texts.set(file, `${texts.get(file) ?? ''}${line}`);
    for (const [file, specifier] of [...casesOf(FORBIDDEN), ...casesOf(ALLOWED)]) {
      plant(file, `import '${specifier}';\n`);
      if (specifier.startsWith('#')) plant(specifier.slice(1));
      if (specifier.startsWith('./')) plant(path.posix.join(path.posix.dirname(file), specifier));
    }
    for (const [file, other] of CIRCLE) plant(file, `import type { Planted } from '#${other}';\n`);
    for (const [file, text] of texts) {
      await mkdir(path.dirname(path.join(house, file)), { recursive: true });
      await writeFile(path.join(house, file), `${text}export {};\n`);
    }
    await writeFile(path.join(house, 'package.json'), JSON.stringify({ type: 'module', imports: packageJson.imports }));
    await symlink(path.join(ROOT, 'node_modules'), path.join(house, 'node_modules'));
    const check = path.join(import.meta.dirname, 'check-rooms.ts');
    const { stdout, exitCode } = await execa(process.execPath, [check, '--json'], { cwd: house, reject: false });
    expect(exitCode).toBe(1);
    violations = (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
    refused = new Set(violations.map(({ from, unresolvedTo }) => `${from} ${unresolvedTo}`));
  });
  afterAll(() => rm(house, { recursive: true, force: true }));

  it.each(casesOf(FORBIDDEN))('%s may not import %s', (file, specifier) => {
    expect(refused).toContain(`${file} ${specifier}`);
  });

  it.each(casesOf(ALLOWED))('%s may import %s', (file, specifier) => {
    expect(refused).not.toContain(`${file} ${specifier}`);
  });

  it('form no circle, for a type either', () => {
    const circles = violations.filter(({ rule }) => rule.name === 'no circle of rooms');
    expect(circles).toContainEqual(expect.objectContaining({ from: 'lib/stats', to: 'lib/webhooks' }));
    expect(circles).toContainEqual(expect.objectContaining({ from: 'lib/webhooks', to: 'lib/stats' }));
    expect(circles).not.toContainEqual(expect.objectContaining({ from: 'lib/server' }));
  });

  it('name rows of their table that come before, and no others', () => {
    expect(() => tableOfRooms({ 'lib/a': [], 'lib/b': ['lib/a/x.ts'] })).not.toThrow();
    expect(() => tableOfRooms({ 'lib/a': ['lib/b'], 'lib/b': [] })).toThrow('lib/a may not name lib/b');
  });
});
