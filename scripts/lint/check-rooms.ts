import { createRequire, registerHooks } from 'node:module';
import { RULES, TEST_EQUIPMENT } from './room-rules.ts';

/**
 * `node scripts/lint/check-rooms.ts [--json]`: refuses imports that the table of rooms does not allow, and circles, in the
 * folder that it is started in.
 *
 * dependency-cruiser reads TypeScript by TypeScript's own parser, which version 7 has no more: it is given that of the
 * last version that has one, which the generator of the tests' API client brings (docs/adr/0042).
 */
const { resolve } = createRequire(import.meta.resolve('oazapfts'));
const parser = new Map(['typescript', 'typescript/package.json'].map((name) => [name, resolve(name)]));
registerHooks({ resolve: (specifier, context, next) => next(parser.get(specifier) ?? specifier, context) });
const { allExtensions, cruise, format } = await import('dependency-cruiser');

// Without a parser it would look at nothing, and find nothing wrong.
if (!allExtensions.some(({ extension, available }) => extension === '.tsx' && available))
  throw new Error('No parser for TypeScript was found.');

const { output: found } = await cruise(['app', 'e2e', 'lib', 'scripts', 'instrumentation.ts', 'proxy.ts'], {
  validate: true,
  ruleSet: { forbidden: RULES },
  tsPreCompilationDeps: true,
  moduleSystems: ['es6', 'cjs'],
  exclude: { path: TEST_EQUIPMENT },
  doNotFollow: { path: ['node_modules', '^generated/'] },
});
if (typeof found === 'string') throw new Error(found);
const { output } = await format(found, { outputType: process.argv.includes('--json') ? 'json' : 'err-long' });
process.stdout.write(`${String(output).trim()}\n`);
process.exitCode = found.summary.error === 0 ? 0 : 1;
