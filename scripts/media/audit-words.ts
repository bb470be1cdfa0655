import {
  type AuditReport,
  type Finding,
  type FindingKind,
  openFindings,
} from '#lib/library-audit/library-audit-schemas.ts';

const FIX = 'npm run media:audit -- --fix';

/** What a finding is, and what to do about it. */
const WORDS: Record<FindingKind, [what: string, advice: string]> = {
  object_missing: [
    'object missing',
    'restore it (docs/backup.md); a clip can also be deleted and cut again from its master',
  ],
  object_differs: [
    'object differs',
    `${FIX} registers a copy of the same bytes; else restore it, or delete the clip and cut it again`,
  ],
  bytes_differ: ['bytes differ from their checksum', 'the disk is failing or the file was changed; restore it'],
  clip_without_assets: ['ready clip with nothing to show', 'delete it and cut it again'],
  ownerless_object: ['object without an owner', `${FIX} removes it`],
  unknown_master: [
    'object in the lake that nothing names',
    'cut from it or register it with npm run media:ingest, or delete it by hand; the portal never does',
  ],
  clip_without_job: ['clip without a job', `${FIX} puts it back in line`],
  master_without_job: ['master that nobody prepares', `${FIX} puts it back in line`],
  silent_job: ['job whose worker is silent', 'a running worker puts it back in line: npm run worker'],
  sums_differ: ['sums differ from what is there', `${FIX} mends them`],
  texts_differ: ['clips have another text for search than they should', `${FIX} makes it anew`],
  store_leftover: ['leftover of a crash in the store', `${FIX} removes it`],
};

/** One line: what, where, whose, what to do. */
export function lineOf({ kind, where, owner, differs, count, is_fixed }: Finding): string {
  const [what, advice] = WORDS[kind];
  const facts = [
    owner ? `of ${owner}` : '',
    differs ? `in ${differs.join(', ')}` : '',
    count ? `${count} of them` : '',
  ];
  const told = facts.filter(Boolean).join(', ');
  return `${kind}: ${what}: ${where}${told ? ` (${told})` : ''}; ${is_fixed ? 'mended' : advice}`;
}

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** What was looked at. */
export function examinedWords({ examined }: AuditReport): string {
  const { clips, assets, masters, media_objects, lake_objects, jobs } = examined;
  return `${plural(clips, 'clip')} with ${plural(assets, 'asset')}, ${plural(masters, 'master')}, ${plural(media_objects, 'object')} in the media bucket, ${plural(lake_objects, 'object')} in the lake, ${plural(jobs, 'open job')}`;
}

/** What could not be compared, a line each. */
export function uncomparedWords({ uncompared }: AuditReport): string[] {
  const words: Record<keyof AuditReport['uncompared'], string> = {
    rows_elsewhere: 'rows name something beyond the two buckets',
    rows_without_size: 'rows do not know their object’s size',
    rows_without_generation: 'rows do not know their object’s generation (HeartBeat’s)',
    rows_without_crc32c: 'rows do not know their object’s checksum (HeartBeat’s, and clips of before the audit)',
    foreign_objects: 'objects in the media bucket are not of the portal’s making',
    foreign_clips: 'clips in line were made by another program, which cuts them',
  };
  return Object.entries(uncompared).flatMap(([name, count]) =>
    count > 0 ? `not compared: ${count} ${words[name as keyof typeof words]}` : [],
  );
}

/** The last line of an audit that is not clean. */
export function openWords(report: AuditReport): string {
  const kinds = Object.entries(report.findings).flatMap(([kind, { found, fixed }]) =>
    found > fixed ? `${found - fixed} ${kind}` : [],
  );
  const many = report.too_many_ownerless
    ? ' Ownerless objects are too many for leftovers, and none was removed: is this their database? If it is, name their number with --max-removed.'
    : '';
  return `${plural(openFindings(report), 'finding')}: ${kinds.join(', ')}.${many}`;
}
