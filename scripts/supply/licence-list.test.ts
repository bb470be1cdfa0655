import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXCEPTIONS, type LockFile, licencesOf, refusedLicences, renderLicences } from './licence-list.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const lock: LockFile = JSON.parse(await readFile(path.join(ROOT, 'package-lock.json'), 'utf8'));

/** A project that depends on `a` and for development on `d`. */
const lockOf = (packages: LockFile['packages']): LockFile => ({
  packages: { '': { license: 'none', dependencies: { a: '1' } }, ...packages },
});
const mit = { license: 'MIT' };

describe('licences', () => {
  it('are allowed, all of them', () => {
    expect(licencesOf(lock).length).toBeGreaterThan(200);
    expect(refusedLicences(lock)).toEqual([]);
  });

  it('have no exception that nothing needs', () => {
    const without = EXCEPTIONS.filter(
      ({ name }) => !licencesOf(lock).some((entry) => entry.name.startsWith(name.replace('*', ''))),
    );
    expect(without).toEqual([]);
  });

  it('are listed in docs/licences.md (npm run licences writes it)', async () => {
    expect(await readFile(path.join(ROOT, 'docs/licences.md'), 'utf8')).toBe(renderLicences(lock));
  });

  it.each([
    ['AGPL-3.0-only', true],
    ['(MIT OR GPL-3.0-only)', false],
    ['MIT AND GPL-3.0-only', true],
    ['SEE LICENSE IN LICENSE.md', true],
    [undefined, true],
  ])('%s is refused: %s', (license, refused) => {
    const packages = { 'node_modules/a': license === undefined ? {} : { license } };
    expect(refusedLicences(lockOf(packages)).map(({ name }) => name)).toEqual(refused ? ['a'] : []);
  });

  it('are looked at down to the last dependency, in the folder that it is loaded from', () => {
    const packages = {
      'node_modules/a': { ...mit, dependencies: { '@x/b': '1' } },
      'node_modules/a/node_modules/@x/b': {
        license: 'b',
        optionalDependencies: { c: '1' },
        peerDependencies: { p: '1' },
      },
      'node_modules/@x/b': { license: 'another b' },
      'node_modules/c': { license: 'c' },
      'node_modules/p': { license: 'p' },
    };
    expect(refusedLicences(lockOf(packages)).map(({ licence }) => licence)).toEqual(['b', 'c', 'p']);
  });

  it('of development, and of peers that are an option, are not looked at', () => {
    const option = { peerDependencies: { d: '1' }, peerDependenciesMeta: { d: { optional: true } } };
    const packages = { 'node_modules/a': { ...mit, ...option }, 'node_modules/d': { license: 'AGPL-3.0-only' } };
    expect(refusedLicences(lockOf(packages))).toEqual([]);
  });

  it('an exception holds for its licence and package alone', () => {
    const packages = {
      'node_modules/a': { ...mit, dependencies: { 'caniuse-lite': '1', '@img/sharp-linux-x64': '1', other: '1' } },
      'node_modules/caniuse-lite': { license: 'GPL-3.0-only' },
      'node_modules/@img/sharp-linux-x64': { license: 'Apache-2.0 AND LGPL-3.0-or-later' },
      'node_modules/other': { license: 'CC-BY-4.0' },
    };
    expect(refusedLicences(lockOf(packages)).map(({ name }) => name)).toEqual(['caniuse-lite', 'other']);
  });
});
