import path from 'node:path';

/**
 * Where Node keeps what it made of the sources, by their content (`NODE_COMPILE_CACHE`): for tests, which start webs,
 * workers and commands by the dozen.
 */
export const COMPILE_CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache/compiled');
