import { reachOf } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { Prisma, type Reads } from '#lib/db/prisma-client.ts';
import { PLANNED_EACH_TIME, writtenOut } from '#lib/db/statement-names.ts';
import type { ClipFilter } from './clip-filter-schemas.ts';
import { beyondSql, type ListPlace, orderOf } from './clip-order-sql.ts';
import { isManySql, isTaggedSql, looksAtOwn, type SoughtTags, taggedSql } from './clip-tags-sql.ts';

/** More words than this narrow nothing any more. */
const MAX_WORDS = 8;

/** One word that was looked up: a clip is found whose text is like one pattern, or that has one of the tags. */
interface FoundWord extends SoughtTags {
  patterns: readonly string[];
}

/** A filter whose words and tags were looked up; a clip is found by each of the words. */
export type ListFilter = Omit<ClipFilter, 'q' | 'tag'> & { words?: readonly FoundWord[]; tag?: SoughtTags };

/**
 * Looks up what finds the words in the caller's reach. From then on Postgres reads no table from its beginning to its end
 * in this transaction: it takes a short pattern for one that finds half of all clips, and would. Nor does it call workers:
 * it cannot know which parts of a search are not begun, and they would come for nothing.
 */
async function lookUpWords(reads: Reads, user: UserContext, q: string): Promise<FoundWord[]> {
  const typed = q.split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
  const found = await reads.$queryRaw<FoundWord[]>`
    SELECT w.patterns, w.tags, ${isManySql(user, Prisma.sql`w.tags`)} AS "isMany"
    FROM (SELECT set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
        p.patterns, media.tags_like(p.patterns) AS tags
      FROM media.search_patterns(${typed}::text[]) p) w`;
  // Outside of a reach no word is looked up, and none finds anything.
  return typed.map((_, place) => found[place] ?? { patterns: [], tags: [], isMany: false });
}

async function lookUpTags(reads: Reads, user: UserContext, tags: readonly string[]): Promise<SoughtTags> {
  const [row] = await reads.$queryRaw<{ isMany: boolean }[]>`
    SELECT ${isManySql(user, Prisma.sql`${[...tags]}::text[]`)} AS "isMany"`;
  return { tags, isMany: row?.isMany ?? false };
}

/** Looks up what of a filter has to be known before the list is asked for: its words, and how many clips have its tags. */
export async function lookUpFilter(
  reads: Reads,
  user: UserContext,
  { q, tag, ...filter }: ClipFilter,
): Promise<ListFilter> {
  const [words, tags] = await Promise.all([
    q === undefined ? undefined : lookUpWords(reads, user, q),
    tag === undefined ? undefined : lookUpTags(reads, user, tag),
  ]);
  return { ...filter, ...(words && { words }), ...(tags && { tag: tags }) };
}

/**
 * Whether the text of a clip `c` is like one pattern of a word. The trigram index is over `search_text || ''`; of a player's
 * own clips another expression is asked, which no index over everybody's clips fits (ADR 26).
 */
function isLikeSql(user: UserContext, { patterns }: FoundWord): Prisma.Sql {
  const text = looksAtOwn(user) ? Prisma.sql`(c.search_text || '' || '')` : Prisma.sql`(c.search_text || '')`;
  return Prisma.sql`${text} LIKE ANY(${[...patterns]}::text[])`;
}

const everyOf = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  Prisma.sql`${PLANNED_EACH_TIME} ${conditions.length > 0 ? Prisma.join([...conditions], ' AND ') : Prisma.sql`TRUE`}`;

/** Whether a clip `c` that is come by has every word, in its text or among its tags. */
export const wordsSql = (user: UserContext, words: readonly FoundWord[]): Prisma.Sql =>
  everyOf(
    words.map((word) =>
      word.tags.length > 0 ? Prisma.sql`(${isLikeSql(user, word)} OR ${isTaggedSql(word)})` : isLikeSql(user, word),
    ),
  );

/** A list that is searched: everything that narrows it but the words, as a condition over an alias `c`, and the words. */
export interface Searched {
  user: UserContext;
  list: Prisma.Sql;
  words: readonly FoundWord[];
}

/** Only clips of the caller's teams are in this part of the trigram index: another team's words meet none of them. */
function ownTeamsSql(user: UserContext): Prisma.Sql {
  const reach = reachOf(user);
  if (reach.kind === 'none' || reach.teams === 'ALL' || reach.playerId !== undefined) return Prisma.empty;
  return Prisma.sql`AND ARRAY[c.team_code::text] && ${[...reach.teams]}::text[]`;
}

/** Words of which a clip has one by a tag, each with the words before it, which it then has in its text, and those after it. */
function waysByTag(words: readonly FoundWord[]) {
  const inText = words.filter((word) => word.tags.length === 0);
  // What few clips have leads; what many have is looked for among clips that have the others.
  const tagged = words.filter((word) => word.tags.length > 0).sort((a, b) => Number(a.isMany) - Number(b.isMany));
  return tagged.map((word, n) => ({ word, before: [...inText, ...tagged.slice(0, n)], after: tagged.slice(n + 1) }));
}

/**
 * All clips that a search finds, as a query: those that have every word in their texts, by trigrams; and for each word that
 * is a tag, those that have the tag. A player's own clips are looked at once.
 * @param what is selected of each clip, its id among it. @param also a condition more.
 */
function collectedSql(searched: Searched, what: Prisma.Sql, also = Prisma.empty): Prisma.Sql {
  const { user, list, words } = searched;
  const inText = (some: readonly FoundWord[]) => everyOf(some.map((word) => isLikeSql(user, word)));
  const byTag = waysByTag(words).map(
    ({ word, before, after }) =>
      Prisma.sql`${taggedSql(user, word)} AND ${inText(before)} AND ${wordsSql(user, after)}`,
  );
  const ways = (looksAtOwn(user) ? [wordsSql(user, words)] : [inText(words), ...byTag]).map(
    (found) => Prisma.sql`
      SELECT ${what} FROM media.clips_in_reach c WHERE ${list} AND ${found} ${ownTeamsSql(user)} ${also}`,
  );
  return Prisma.join(ways, ' UNION ');
}

/** The ids of all clips that a search finds, as a query. */
export const foundSql = (searched: Searched): Prisma.Sql => collectedSql(searched, Prisma.sql`c.id`);

/** Some rows of a list: how many, in which order, after which place in it. */
export interface FoundPage extends ListPlace {
  rows: number;
}

/** Rows of a first look in the list's own order. */
const LOOK = 2000;
/** Clips that trigrams collect in the time that one step in the list's order takes for as many rows, about. */
const COLLECTED = 1_000_000;

/**
 * The first clips that a search finds, as `id` and `key` of `n`, in no order, and maybe some more of them. Words that are in
 * many clips: a few steps in the list's own order find a page. A first look tells how many; a second goes on if walking
 * costs less than collecting all: to find `rows` it takes rows / share steps, and share times a million to collect them.
 * All others are collected by trigrams. What is not needed is not begun.
 * @param tie what tells rows of one key apart, where the first ones must be exactly those.
 */
function firstFoundSql(searched: Searched, page: FoundPage, tie: 'id' | 'none'): Prisma.Sql {
  const { list, words, user } = searched;
  const { key, direction } = orderOf(page.sort);
  const rows = writtenOut(page.rows);
  const beyond = beyondSql(page);
  const inOrder = (row: Prisma.Sql, id: Prisma.Sql) =>
    Prisma.sql`ORDER BY ${row} ${direction} ${tie === 'id' ? Prisma.sql`, ${id} ${direction}` : Prisma.empty}`;
  const steps = (most: Prisma.Sql) => Prisma.sql`
    SELECT c.id, ${key} AS key, (${wordsSql(user, words)}) AS is_found FROM media.clips_in_reach c
    WHERE ${list} ${beyond} ${inOrder(key, Prisma.sql`c.id`)} LIMIT ${most}`;
  const look = writtenOut(LOOK);
  return Prisma.sql`
    WITH looked AS MATERIALIZED (${steps(look)}),
    counted AS MATERIALIZED (
      SELECT count(*) < ${look} AS is_all, count(*) FILTER (WHERE n.is_found) AS found FROM looked n),
    seen AS MATERIALIZED (
      SELECT is_all OR found >= ${rows} AS is_enough,
        -- Four times what is expected, for luck; none where it does not pay.
        CASE WHEN is_all OR found >= ${rows} OR (found / ${look}.0) ^ 2 * ${writtenOut(COLLECTED)} < ${rows} THEN 0
          ELSE ceil(4.0 * ${rows} * ${look} / found)::bigint END AS steps
      FROM counted),
    walked AS MATERIALIZED (
      SELECT n.id, n.key FROM (${steps(Prisma.sql`(SELECT s.steps FROM seen s)`)}) n
      WHERE n.is_found ${inOrder(Prisma.sql`n.key`, Prisma.sql`n.id`)} LIMIT ${rows}),
    went AS MATERIALIZED (SELECT count(*) >= ${rows} AS is_enough FROM walked),
    collected AS MATERIALIZED (${collectedSql(
      searched,
      Prisma.sql`c.id, ${key} AS key`,
      Prisma.sql`${beyond} AND (SELECT NOT s.is_enough AND NOT w.is_enough FROM seen s, went w)`,
    )})
    SELECT n.id FROM (
      SELECT l.id, l.key FROM looked l WHERE l.is_found AND (SELECT s.is_enough FROM seen s)
      UNION ALL SELECT w.id, w.key FROM walked w WHERE (SELECT e.is_enough FROM went e)
      UNION ALL SELECT c.id, c.key FROM collected c) n`;
}

/** The ids of the first clips that a search finds, in an order, after a place in it. */
export const foundInOrderSql = (searched: Searched, page: FoundPage): Prisma.Sql => {
  const { direction } = orderOf(page.sort);
  return Prisma.sql`${firstFoundSql(searched, page, 'id')}
    ORDER BY n.key ${direction}, n.id ${direction} LIMIT ${writtenOut(page.rows)}`;
};

/** How many clips a search finds, counted up to `most`. */
export const countFoundSql = (searched: Searched, most: number): Prisma.Sql => {
  const all = firstFoundSql(searched, { sort: '-created_at', after: null, rows: most }, 'none');
  return Prisma.sql`SELECT ${PLANNED_EACH_TIME} count(*)::int AS total FROM (${all} LIMIT ${writtenOut(most)}) found`;
};
