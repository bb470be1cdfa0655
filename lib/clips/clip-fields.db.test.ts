import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '#lib/db/test-database.ts';
import { clipRow } from '#lib/runtime/portal-fixture.ts';
import { CLIP_FIELDS, fieldsWith, saidOf } from './clip-field-schemas.ts';
import { FACET_FIELDS } from './clip-filter-schemas.ts';

/** Columns that nobody is told of. A new one is named here or in the table of fields. */
const UNTOLD = [
  ...['processing_time_s', 'claim_token', 'idempotency_key', 'request_hash', 'search_text', 'deleted_by'],
];

interface DatabaseColumn {
  name: string;
  type: string;
  is_nullable: boolean;
  max: number | null;
}

let database: TestDatabase;
let columns: DatabaseColumn[];
beforeAll(async () => {
  database = await createTestDatabase();
  columns = await database.db.$queryRaw<DatabaseColumn[]>`
    SELECT column_name::text AS name, data_type::text AS type, is_nullable = 'YES' AS is_nullable,
      character_maximum_length::int AS max
    FROM information_schema.columns WHERE table_schema = 'media' AND table_name = 'clips'`;
});
afterAll(() => database.drop());

const KINDS: Record<string, string[]> = {
  text: ['text', 'character varying'],
  int: ['integer', 'smallint'],
  bigint: ['bigint'],
  float8: ['double precision'],
  date: ['date'],
  timestamp: ['timestamp without time zone', 'timestamp with time zone'],
};

describe('the table of fields', () => {
  it('has every column of a clip, but for those that nobody is told of', () => {
    expect(columns.map(({ name }) => name).sort()).toEqual([...fieldsWith('column'), ...UNTOLD].sort());
  });

  it.each(fieldsWith('column'))('has %s as the database has it', (name) => {
    const column = columns.find((known) => known.name === name);
    const { column: kind, shown } = CLIP_FIELDS[name];
    expect(KINDS[kind]).toContain(column?.type);
    const mayBeMissing = [null, undefined].some((nothing) => (shown as z.ZodType).safeParse(nothing).success);
    // HeartBeat's column may be null, and is then told as pending.
    expect(mayBeMissing).toBe(name === 'processing_status' ? false : column?.is_nullable);
  });

  it.each(Object.entries<z.ZodType>({ ...saidOf('given'), ...saidOf('edited') }))(
    'takes no %s that the database would not hold',
    (name, schema) => {
      const column = columns.find((known) => known.name === name);
      if (column?.max != null) expect(schema.safeParse('x'.repeat(column.max + 1)).success).toBe(false);
      if (!column?.is_nullable) expect(schema.safeParse(null).success).toBe(false);
    },
  );

  it('has the facets that the sums are kept of', async () => {
    const texts = Object.fromEntries(columns.flatMap(({ name, max }) => (max === null ? [] : [[name, null]])));
    const { id } = await database.db.clip.create({ data: clipRow({ clipId: 'c', period: 1 }) });
    await database.db.clipTag.create({ data: { clipId: id, tag: 'a' } });
    const facets = FACET_FIELDS.filter((field) => Object.hasOwn(texts, field) && field !== 'team_code');
    await database.db.$executeRawUnsafe(`UPDATE media.clips SET ${facets.map((field) => `${field} = 'x'`).join(', ')}`);
    const counted = await database.db.$queryRaw<{ field: string }[]>`
      SELECT DISTINCT v.field FROM media.clips c, media.counted_values(c) v`;
    expect(counted.map(({ field }) => field).sort()).toEqual([...FACET_FIELDS].sort());
  });
});
