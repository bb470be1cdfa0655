import { readFile, writeFile } from 'node:fs/promises';

/**
 * Dependencies that the image's own node_modules go without: `next build` puts them into the pages, or leaves the part
 * of them that serves (Next and React) in its standalone folder. A test holds the list to the imports.
 */
export const BUNDLED = [
  '@dnd-kit/core',
  '@dnd-kit/sortable',
  '@fontsource-variable/inter',
  '@sindresorhus/transliterate',
  '@tanstack/react-query',
  '@tanstack/react-virtual',
  'clsx',
  'cmdk',
  'custom-media-element',
  'd3-contour',
  'hls.js',
  'icu-minify',
  'lucide-react',
  'media-chrome',
  'media-tracks',
  'next',
  'nuqs',
  'radix-ui',
  'react',
  'react-dom',
  'react-dropzone',
  'sonner',
  'swagger-ui-dist',
  'tailwind-merge',
  'use-intl',
];

/** The image's base brings Node. */
const IN_BASE = ['node'];

/** What is read of package.json. */
interface Manifest {
  dependencies: Record<string, string>;
  devDependencies?: Record<string, string>;
}

const without = (dependencies: Record<string, string>, names: string[]) =>
  Object.fromEntries(Object.entries(dependencies).filter(([name]) => !names.includes(name)));

/**
 * package.json as an image installs it: `delivered` is all that people and servers get, `server` what the programs
 * load at run time. Both without development's packages: npm would install those that others name as optional peers.
 */
export function trimManifest<T extends Manifest>(manifest: T, part: 'delivered' | 'server'): T {
  const { devDependencies: _left, ...kept } = manifest;
  const absent = part === 'server' ? [...IN_BASE, ...BUNDLED] : IN_BASE;
  return { ...kept, dependencies: without(manifest.dependencies, absent) } as T;
}

if (import.meta.main) {
  const part = process.argv[2];
  if (part !== 'delivered' && part !== 'server') throw new Error('Say which part: delivered or server.');
  const manifest = JSON.parse(await readFile('package.json', 'utf8'));
  await writeFile('package.json', `${JSON.stringify(trimManifest(manifest, part), null, 2)}\n`);
}
