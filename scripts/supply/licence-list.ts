import satisfies from 'spdx-satisfies';

/** Licences that ask for no more than their text and the names beside the program. SPDX identifiers. */
const ALLOWED = [
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'Unlicense'],
];

/** Packages under another licence, each looked at. A pattern ends with `*`; `licence` is what was looked at. */
export const EXCEPTIONS = [
  {
    name: '@fontsource-variable/inter',
    licence: 'OFL-1.1',
    why: 'a font: it may be embedded and served, not sold by itself',
  },
  {
    name: '@expo-google-fonts/inter',
    licence: 'OFL-1.1',
    why: 'the same font as files, which the worker writes into pictures',
  },
  {
    name: '@resvg/resvg-js*',
    licence: 'MPL-2.0',
    why: 'a library that is used as it is: what is asked for its own files is met by the package itself',
  },
  { name: 'caniuse-lite', licence: 'CC-BY-4.0', why: 'data that the build reads and nobody is given' },
  { name: '@img/sharp-*', licence: 'LGPL-3.0-or-later', why: 'an option of Next that is not used: not in the image' },
] as const;

interface LockedPackage {
  name?: string;
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

/** What is read of package-lock.json, version 3: packages by their folder, the project itself under ''. */
export interface LockFile {
  packages: Record<string, LockedPackage>;
}

export interface Licensed {
  name: string;
  /** An SPDX expression, or what the package says instead. */
  licence: string;
}

/** The folder that Node would load a package from, seen from a folder: its own node_modules, then its parents'. */
function folderOf(lock: LockFile, from: string, name: string): string | undefined {
  const own = `${from}/node_modules/${name}`.replace(/^\//, '');
  if (lock.packages[own]) return own;
  return from === '' ? undefined : folderOf(lock, from.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, ''), name);
}

/** What a package has to have, or takes where the platform offers it. Of peers, those that are no option. */
const needsOf = ({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }: LockedPackage) => [
  ...Object.keys({ ...dependencies, ...optionalDependencies }),
  ...Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional),
];

/** Every package that the project's dependencies bring, on any platform, once, by name. */
export function licencesOf(lock: LockFile): Licensed[] {
  const reached = new Set(['']);
  for (const folder of reached) {
    for (const name of needsOf(lock.packages[folder] ?? {})) {
      const found = folderOf(lock, folder, name);
      if (found !== undefined) reached.add(found);
    }
  }
  reached.delete('');
  const found = [...reached].map((folder) => {
    const { name = folder.replace(/^.*node_modules\//, ''), license: licence = 'none' } = lock.packages[folder] ?? {};
    return { name, licence };
  });
  const unique = new Map(found.map((entry) => [`${entry.name} ${entry.licence}`, entry]));
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isExcepted = ({ name, licence }: Licensed): boolean =>
  EXCEPTIONS.some(
    (exception) =>
      licence.split(' AND ').includes(exception.licence) &&
      (exception.name.endsWith('*') ? name.startsWith(exception.name.slice(0, -1)) : name === exception.name),
  );

/** Whether an SPDX expression can be kept by the allowed licences alone. What is no expression cannot. */
function isAllowed(licence: string): boolean {
  try {
    return satisfies(licence, ALLOWED);
  } catch {
    return false;
  }
}

/** The packages whose licence nobody has allowed. */
export const refusedLicences = (lock: LockFile): Licensed[] =>
  licencesOf(lock).filter((entry) => !isAllowed(entry.licence) && !isExcepted(entry));

/** docs/licences.md: packages by licence, without versions, so that it changes when packages come and go. */
export function renderLicences(lock: LockFile): string {
  const byLicence = Map.groupBy(licencesOf(lock), ({ licence }) => licence);
  const rows = [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '# Licences of what the portal is made of',
    'Written by `npm run licences`; `npm test` holds it to the lock file, and every licence to the list in `scripts/supply/licence-list.ts`. Packages for development alone are not in it.',
    'The image also has parts of Debian: ffmpeg (GPL-2.0-or-later, as Debian builds it, with x264 and x265) and its libraries, run as a program of its own. Their licences are in `/usr/share/doc` of the image; its list of everything, with versions, is `/sbom.cdx.json`.',
    '## Looked at one by one',
    EXCEPTIONS.map(({ name, licence, why }) => `- \`${name}\`, ${licence}: ${why}.`).join('\n'),
    ...rows.map(([licence, entries]) => `## ${licence}\n\n${entries.map(({ name }) => `\`${name}\``).join(', ')}`),
  ]
    .join('\n\n')
    .concat('\n');
}
