import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Prisma } from '#lib/db/prisma-client.ts';
import { createTestDatabase, type TestDatabase } from '#lib/db/test-database.ts';
import { libraryReachSql, masterReachSql, mayDo, reaches } from './permissions.ts';
import { ROLES, type Role, type UserContext } from './user-context.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const teamCode = fc.constantFrom('MTL', 'TOR', 'CHI', 'mtl', 'MTL ', "M'T", 'ALL', '');
/** Ids that a careless comparison would take for one another, and some random text. Postgres has no NUL. */
const playerId = fc.oneof(
  fc.constantFrom('7', '07', '007', ' 7', '7 ', 'a7', 'A7', '7.0', 'é7', 'e\u03017', "7' OR '1'='1"),
  fc.string({ unit: 'grapheme', maxLength: 5 }).filter((text) => !text.includes('\0')),
);
const user: fc.Arbitrary<UserContext> = fc.record(
  {
    userId: fc.uuid(),
    role: fc.constantFrom<Role>(...ROLES, 'owner' as Role, 'constructor' as Role),
    name: fc.constant('Somebody'),
    teamAccess: fc.array(teamCode, { maxLength: 4 }),
    preferences: fc.constant({}),
    playerId,
  },
  { requiredKeys: ['userId', 'role', 'name', 'teamAccess', 'preferences'] },
);
const rows = fc.array(fc.record({ teamCode, playerId }), { minLength: 1, maxLength: 12 });

/** The ordinals of the rows that a condition keeps, in Postgres. */
async function kept(columns: string[][], condition: Prisma.Sql): Promise<number[]> {
  const [teams, players] = columns;
  const found = await database.db.$queryRaw<{ place: number }[]>`
    SELECT c.place::int FROM (
      SELECT u.*, NULL::timestamptz AS deleted_at FROM unnest(${teams}::varchar[], ${players}::varchar[])
        WITH ORDINALITY AS u(team_code, player_id, place)
    ) c
    WHERE (${condition}) ORDER BY place`;
  return found.map(({ place }) => place - 1);
}

it('the yes/no and the SQL condition agree, whoever asks for whatever row', async () => {
  await fc.assert(
    fc.asyncProperty(user, rows, async (who, table) => {
      const columns = [table.map((row) => row.teamCode), table.map((row) => row.playerId)];
      const inSql = await kept(columns, libraryReachSql(who));
      const inCode = table.flatMap((row, k) => (mayDo(who, 'clips.read') && reaches(who, row) ? [k] : []));
      expect(inSql).toEqual(inCode);
      // A caller without any right reaches nothing, by either.
      if (!mayDo(who, 'clips.read')) expect(table.filter((row) => reaches(who, row))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('the masters of a caller are those of the teams, and nobody but an admin has any', async () => {
  await fc.assert(
    fc.asyncProperty(user, fc.array(teamCode, { minLength: 1, maxLength: 8 }), async (who, teams) => {
      const found = await database.db.$queryRaw<{ place: number }[]>`
        SELECT m.place::int FROM unnest(${teams}::varchar[]) WITH ORDINALITY AS m(team_code, place)
        WHERE (${masterReachSql(who)}) ORDER BY place`;
      const expected = teams.flatMap((team, k) =>
        who.role === 'admin' && reaches(who, { teamCode: team }) ? [k] : [],
      );
      expect(found.map(({ place }) => place - 1)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});
