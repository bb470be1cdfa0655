import { z } from 'zod';

/** What can be wrong between database, objects and jobs; ADR 32 says of each what it means and what mends it. */
export const FINDING_KINDS = [
  /** A ready clip's or master's row names an object that is not there. */
  'object_missing',
  /** It is there with another size, generation or checksum. */
  'object_differs',
  /** Its bytes are not those of its checksum. */
  'bytes_differ',
  /** A ready clip that names no object at all. */
  'clip_without_assets',
  /** A clip's object in the media bucket that nothing owns. */
  'ownerless_object',
  /** An object among the masters that neither a master nor a clip names. */
  'unknown_master',
  /** A clip that is to be cut, and no job that would do it. */
  'clip_without_job',
  /** A master that is being prepared, and no job that would do what is missing. */
  'master_without_job',
  /** A job that a worker took and does no more. */
  'silent_job',
  /** The sums that facets and statistics go by. */
  'sums_differ',
  /** What clips are searched by. */
  'texts_differ',
  /** What a crash left among the store's own files. */
  'store_leftover',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

const DIFFERENCES = ['size', 'generation', 'crc32c'] as const;
export type Difference = (typeof DIFFERENCES)[number];

export const findingSchema = z.object({
  kind: z.enum(FINDING_KINDS),
  /** `gs://…` of an object, the id of a clip or a job, the name of what was counted. */
  where: z.string(),
  /** Whose it is: a clip's id, a master's file name, a queue. */
  owner: z.string().optional(),
  /** What differs. */
  differs: z.array(z.enum(DIFFERENCES)).optional(),
  /** How many, where one finding stands for several. */
  count: z.int().optional(),
  is_fixed: z.boolean().default(false),
});
export type Finding = z.output<typeof findingSchema>;

/** What was looked at. */
const EXAMINED = ['clips', 'assets', 'masters', 'media_objects', 'lake_objects', 'jobs'] as const;
/** What was met and could not be compared: mostly rows and objects of HeartBeat's. */
const UNCOMPARED = [
  /** Rows that name something beyond the two buckets. */
  'rows_elsewhere',
  'rows_without_size',
  'rows_without_generation',
  'rows_without_crc32c',
  /** Objects in the media bucket that the portal would not have named so, or of clips that it did not cut. */
  'foreign_objects',
  /** Clips in line that another program made: it cuts them. */
  'foreign_clips',
] as const;

const countsOf = <K extends string>(names: readonly K[]) => z.record(z.enum(names), z.int().default(0));

export const auditReportSchema = z.object({
  is_fixing: z.boolean(),
  examined: countsOf(EXAMINED),
  uncompared: countsOf(UNCOMPARED),
  findings: z.partialRecord(z.enum(FINDING_KINDS), z.object({ found: z.int(), fixed: z.int() })),
  /** The first of the findings that are still there. */
  first: z.array(findingSchema),
  /** Ownerless objects that were left because they are too many for leftovers. */
  too_many_ownerless: z.boolean(),
});
export type AuditReport = z.output<typeof auditReportSchema>;

const zeros = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;

export const emptyReport = (isFixing: boolean): AuditReport => ({
  is_fixing: isFixing,
  examined: zeros(EXAMINED),
  uncompared: zeros(UNCOMPARED),
  findings: {},
  first: [],
  too_many_ownerless: false,
});

/** How many findings are still there. */
export const openFindings = ({ findings }: Pick<AuditReport, 'findings'>): number =>
  Object.values(findings).reduce((sum, { found, fixed }) => sum + found - fixed, 0);

/** How many were mended. */
export const mendedFindings = ({ findings }: Pick<AuditReport, 'findings'>): number =>
  Object.values(findings).reduce((sum, { fixed }) => sum + fixed, 0);

/** Whether there was anything to look at: an audit of nothing says nothing. */
export const hasExamined = ({ examined }: Pick<AuditReport, 'examined'>): boolean =>
  examined.clips + examined.masters + examined.media_objects + examined.lake_objects > 0;
