import type { IForbiddenRuleType } from 'dependency-cruiser';
import { FOR_BROWSERS, ROOMS, WITH_REPOS } from './rooms.ts';

const REPO = '-(repo|sql)\\.ts$';

const isFile = (name: string) => /\.tsx?$/.test(name);

/** The files of a room, or of an entry of the table, as dependency-cruiser's pattern. */
const filesOf = (name: string): string =>
  `^${name.replace(/[.()[\]]/g, '\\$&').replaceAll('*', '[^/]+')}${isFile(name) ? '$' : '/'}`;

const isWithin = (name: string, room: string) => name === room || name.startsWith(`${room}/`);
/** The room of an entry: the longest of the table that holds it. */
const roomOf = (name: string, rooms: readonly string[]) =>
  rooms.filter((room) => isWithin(name, room)).sort((a, b) => b.length - a.length)[0];

/** Files of the house itself: what a row of the table speaks of. */
const HOUSE = ['^(lib|app|scripts|e2e)/', '^(proxy|instrumentation)\\.ts$'];

function refuseWaysBack(table: typeof ROOMS): void {
  const rooms = Object.keys(table);
  for (const [place, [room, entries]] of Object.entries(table).entries()) {
    for (const entry of entries.filter((name) => name !== 'lib' && !name.includes('*'))) {
      const named = roomOf(entry, rooms);
      if (!named || rooms.indexOf(named) >= place)
        throw new Error(`${room} may not name ${entry}: no row before it holds that.`);
    }
  }
}

/**
 * The rules of a table of rooms.
 * @throws Error when a row names one that comes later, or none.
 */
export function tableOfRooms(table: typeof ROOMS): IForbiddenRuleType[] {
  refuseWaysBack(table);
  const rooms = Object.keys(table);
  const homeless: IForbiddenRuleType = {
    name: 'what imports has a row',
    comment: 'It lies in no room of the table (scripts/lint/rooms.ts).',
    severity: 'error',
    from: { path: HOUSE, pathNot: rooms.map(filesOf) },
    to: { path: HOUSE },
  };
  const rules = Object.entries(table).flatMap(([room, entries]) => {
    const own = isFile(room) ? [] : [room];
    const inner = rooms.filter((other) => other !== room && isWithin(other, room));
    const rule = (path: string, pathNot: string[], allowed: readonly string[]): IForbiddenRuleType => ({
      name: `${room} imports what its row names`,
      comment: `It may import ${allowed.join(', ') || 'nothing of the house'} (scripts/lint/rooms.ts).`,
      severity: 'error',
      from: { path, pathNot },
      to: { path: HOUSE, pathNot: [...own, ...allowed].map(filesOf) },
    });
    if (!WITH_REPOS.includes(room)) return [rule(filesOf(room), inner.map(filesOf), entries)];
    return [rule(filesOf(room), [REPO], entries), rule(`${filesOf(room)}.*${REPO}`, [], [...entries, 'lib/db'])];
  });
  return [homeless, ...rules];
}

/** Rooms that only tests, and what they are made of, may import. */
const TEST_ROOMS = '^lib/(storage/google/fake|media/test-masters)/';

const packageOf = (names: string) => `(^|/)node_modules/(@types/)?(${names})/`;

/** What the table cannot say: single files, and packages. */
const BESIDE_THE_TABLE: IForbiddenRuleType[] = [
  {
    name: 'the web asks use-cases, not repos',
    severity: 'error',
    from: { path: '^app/' },
    to: { path: `^lib/.*${REPO}` },
  },
  {
    name: 'client code knows schemas, not the server',
    severity: 'error',
    from: { path: ['^app/.*-client\\.tsx?$', '^app/.*/use-[^/]+\\.ts$'] },
    to: { path: ['^(lib|scripts|generated)/', '^app/(api|_session)/'], pathNot: FOR_BROWSERS.map(filesOf) },
  },
  {
    name: 'pages never ask their own HTTP API',
    severity: 'error',
    from: { path: '^app/', pathNot: '^app/api/' },
    to: { path: '^app/api/' },
  },
  {
    name: 'the fake of Google and made masters are test equipment',
    severity: 'error',
    from: { path: '^(lib|app|scripts)/', pathNot: TEST_ROOMS },
    to: { path: TEST_ROOMS },
  },
  {
    name: 'only lib/storage/google knows Google',
    comment: "The benchmark measures Google's own signer beside the portal's.",
    severity: 'error',
    from: {
      path: '^(lib|app|scripts|e2e)/',
      pathNot: ['^lib/storage/google/', '^scripts/bench/delivery-signers\\.ts$'],
    },
    to: { path: packageOf('@google-cloud') },
  },
  {
    name: 'only lib/db knows Prisma',
    severity: 'error',
    from: { path: '^(lib|app|scripts|e2e)/', pathNot: '^lib/db/' },
    to: { path: ['^generated/', packageOf('@prisma')] },
  },
  {
    name: 'only lib/db and lib/jobs know Postgres and its queue',
    severity: 'error',
    from: { path: '^(lib|app)/', pathNot: '^lib/(db|jobs)/' },
    to: { path: packageOf('pg|pg-boss') },
  },
  {
    name: 'Next stays in app',
    severity: 'error',
    from: { path: '^lib/' },
    to: { path: packageOf('next') },
  },
  {
    name: 'only lib/sign-in knows next-auth',
    severity: 'error',
    from: { path: '^(lib|scripts)/', pathNot: '^lib/sign-in/' },
    to: { path: packageOf('next-auth') },
  },
  {
    name: 'no circle of rooms',
    comment: 'Two folders need each other, for a type perhaps: something lies in the wrong one.',
    severity: 'error',
    scope: 'folder',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no circle of files',
    comment: 'Inside of one room a type may be shared both ways; what runs may not.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
];

export const RULES: IForbiddenRuleType[] = [...tableOfRooms(ROOMS), ...BESIDE_THE_TABLE];

/** Tests and what they are made of may import anything. */
export const TEST_EQUIPMENT = '(\\.(test|contract|setup)\\.tsx?|-(fixture|bench)\\.ts)$';
