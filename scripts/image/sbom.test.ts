import path from 'node:path';
import { type Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import packageJson from '#package' with { type: 'json' };
import { debianComponents, mergeSbom, type Sbom } from './sbom.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

const STATUS = `Package: libc6
Status: install ok installed
Architecture: amd64
Version: 2.36-9+deb12u14
Description: GNU C Library
 Version: 9.9 in a continued line is none

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1.0

Package: ffmpeg
Status: install ok installed
Architecture: amd64
Version: 7:5.1.9-0+deb12u1
`;

describe('debianComponents', () => {
  it('names what is installed, by package URL', () => {
    expect(debianComponents(STATUS).map(({ purl }) => purl)).toEqual([
      'pkg:deb/debian/libc6@2.36-9%2Bdeb12u14?arch=amd64',
      'pkg:deb/debian/ffmpeg@7%3A5.1.9-0%2Bdeb12u1?arch=amd64',
    ]);
  });
});

describe('the list of what an image holds', () => {
  it('is valid CycloneDX, and has npm packages, Debian packages and Node, each once', async () => {
    const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--omit', 'dev'];
    const { stdout } = await execa('npm', args, { cwd: ROOT });
    const merged: Sbom & { specVersion: Spec.Version } = mergeSbom(
      JSON.parse(stdout),
      `${STATUS}\n${STATUS}`,
      '24.21.0',
    );
    expect(await new Validation.JsonStrictValidator(merged.specVersion).validate(JSON.stringify(merged))).toBeNull();
    const refs = merged.components.map((component) => component['bom-ref']);
    expect(new Set(refs).size).toBe(refs.length);
    expect(merged.components.map(({ purl }) => purl)).toEqual(
      expect.arrayContaining([
        `pkg:npm/pg-boss@${packageJson.dependencies['pg-boss']}`,
        'pkg:deb/debian/libc6@2.36-9%2Bdeb12u14?arch=amd64',
        'pkg:generic/node@24.21.0',
      ]),
    );
  });

  it('that names no file is a mistake, not an empty list', async () => {
    const script = path.join(ROOT, 'scripts/image/sbom.ts');
    const { exitCode, stderr } = await execa(process.execPath, [script], { reject: false });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Say where the list');
  });
});
