import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '#package' with { type: 'json' };
import { BUNDLED, trimManifest } from './server-package.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** What `next build` leaves of these serves the web; no command loads them. */
const FRAMEWORK = ['next', 'react', 'react-dom'];

/** Packages that the code of servers and commands names, in an import or a `require.resolve`. */
async function loadedPackages(): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const file of glob(['lib/**/*.ts', 'scripts/**/*.ts'], { cwd: ROOT })) {
    if (/\.test\.ts$|-fixture\.ts$|\.setup\.ts$|google\/fake\/|scripts\/(bench|demo|image)\//.test(file)) continue;
    const text = await readFile(path.join(ROOT, file), 'utf8');
    for (const [, name] of text.matchAll(
      /(?:from|import|import\(|resolve\()\s*'((?:@[^/']+\/)?[^/'#.:]+(?:\.js)?)[^']*'/g,
    )) {
      if (name) found.add(name);
    }
  }
  return found;
}

describe('packages of the image', () => {
  it('leave out what only pages use, and nothing that a server loads', async () => {
    const loaded = await loadedPackages();
    // The generated client names it, and Node is the base's.
    const implied = ['@prisma/client', 'node'];
    const unloaded = Object.keys(packageJson.dependencies).filter(
      (name) => !loaded.has(name) && !implied.includes(name),
    );
    expect(BUNDLED.filter((name) => !FRAMEWORK.includes(name)).sort()).toEqual(
      unloaded.filter((name) => !FRAMEWORK.includes(name)).sort(),
    );
    expect(BUNDLED).toEqual(expect.arrayContaining(FRAMEWORK));
  });

  it('are those of package.json, at its versions', () => {
    const server = trimManifest(packageJson, 'server');
    const delivered = trimManifest(packageJson, 'delivered');
    expect(server).not.toHaveProperty('devDependencies');
    expect(server.dependencies).toMatchObject({ pg: packageJson.dependencies.pg });
    expect(Object.keys(delivered.dependencies).sort()).toEqual(
      Object.keys(packageJson.dependencies)
        .filter((name) => name !== 'node')
        .sort(),
    );
    expect(Object.keys(server.dependencies)).toHaveLength(Object.keys(delivered.dependencies).length - BUNDLED.length);
  });
});
