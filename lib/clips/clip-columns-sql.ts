import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma } from '#lib/db/prisma-client.ts';
import { CLIP_FIELDS, type FieldsWith, fieldsWith } from './clip-field-schemas.ts';
import { FACET_COLUMNS, type FacetField, isFacetColumn } from './clip-filter-schemas.ts';
import type { ClipPlace } from './clip-filter-sql.ts';

/* What the table of fields says of columns, as SQL over `media.clips c`. */

export type Column = FieldsWith<'column'>;
type ColumnType = (typeof CLIP_FIELDS)[Column]['column'];

export const COLUMNS = fieldsWith('column');

export const typeSql = (column: Column): Prisma.Sql => Prisma.raw(CLIP_FIELDS[column].column);
export const columnSql = (column: Column): Prisma.Sql => Prisma.raw(`c.${column}`);
/** Names alone, where no other table is near. */
export const namesSql = (columns: readonly Column[]): Prisma.Sql => Prisma.raw(columns.join(', '));

/** How columns are written that JSON has another kind of value for. A timestamp is in UTC, whatever its type. */
const AS_TOLD: Partial<Record<ColumnType, (column: Prisma.Sql) => Prisma.Sql>> = {
  // Far below what a double holds exactly.
  bigint: (column) => Prisma.sql`${column}::float8`,
  date: (column) => Prisma.sql`${column}::text`,
  timestamp: (column) => Prisma.sql`to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
};

/** HeartBeat's column may be null: such a clip was never picked up. */
const STATUS = Prisma.sql`coalesce(c.processing_status, 'pending')`;

/** A change of its tags is one of the clip, and writes no row of it (ADR 48). */
const UPDATED_AT = Prisma.sql`greatest(c.updated_at, (SELECT g.at FROM media.clip_taggings g WHERE g.clip_id = c.id))`;

/** Columns that are told with what is kept elsewhere. */
const TOLD: Partial<Record<Column, Prisma.Sql>> = { processing_status: STATUS, updated_at: UPDATED_AT };

const toldSql = (column: Column): Prisma.Sql => {
  const value = TOLD[column] ?? columnSql(column);
  const told = AS_TOLD[CLIP_FIELDS[column].column]?.(value) ?? value;
  return Prisma.sql`${told} AS ${Prisma.raw(column)}`;
};

const selected = (isTold: (column: Column) => boolean): Prisma.Sql =>
  Prisma.join(COLUMNS.filter(isTold).map(toldSql), ', ');

const isThere = (column: Column) => column !== 'deleted_at';
const IN_LIBRARY = selected(isThere);
const FOR_PLAYERS = selected((column) => isThere(column) && !('isPrivate' in CLIP_FIELDS[column]));
const IN_TRASH = selected(() => true);

/** What the caller is told of a clip, as the row that is told. */
export const clipFactsSql = (user: UserContext, place: ClipPlace = 'library'): Prisma.Sql =>
  user.role === 'player' ? FOR_PLAYERS : place === 'trash' ? IN_TRASH : IN_LIBRARY;

/** What is said of a new clip: its name, its master, the play that it is of, and what the table has. */
export const GIVEN_COLUMNS = COLUMNS.filter(
  (column) =>
    ['clip_id', 'source_gcs_uri', 'play_id'].includes(column) ||
    'given' in CLIP_FIELDS[column] ||
    'edited' in CLIP_FIELDS[column],
);

/** What a facet counts, as text. */
export const facetValueSql = (field: FacetField): Prisma.Sql => {
  if (field === 'status') return STATUS;
  if (!isFacetColumn(field)) return Prisma.sql`t.tag`;
  return CLIP_FIELDS[field].column === 'text' ? columnSql(field) : Prisma.sql`${columnSql(field)}::text`;
};

const NAMES: readonly Column[] = ['id', 'processing_status', 'player_name', 'game_date'];

/** The columns that facets and statistics count clips by, with those that name a value. */
export const COUNTED_COLUMNS: Prisma.Sql = Prisma.join([...FACET_COLUMNS, ...NAMES].map(columnSql));
