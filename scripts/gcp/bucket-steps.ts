import { bucketResourceSchema } from '#lib/storage/google/bucket-resource.ts';
import {
  BUCKET_SETTINGS,
  type BucketSetting,
  type BucketUse,
  judgeBucket,
  type WantedBucket,
  wantedBucket,
} from '#lib/storage/google/wanted-settings.ts';
import { creation, FILES_FOLDER, type Step, type StepFile } from './gcloud-step.ts';
import type { GcpConfig } from './gcp-config.ts';

const DAY_S = 86_400;

const jsonFile = (name: string, value: unknown): StepFile => ({
  name,
  content: { text: JSON.stringify(value, null, 2) },
});

/** Flags of `gcloud storage buckets update` for each setting. */
function flagsOf({ use, softDeleteDays }: WantedBucket): Record<BucketSetting, string[]> {
  return {
    'uniform access': ['--uniform-bucket-level-access'],
    'public access': ['--public-access-prevention'],
    CORS: [`--cors-file=${FILES_FOLDER}/${use}-cors.json`],
    lifecycle: [`--lifecycle-file=${FILES_FOLDER}/${use}-lifecycle.json`],
    retention: [
      `--soft-delete-duration=${softDeleteDays}d`,
      // Clips are replaced when they are cut again, which a retention policy forbids.
      ...(use === 'media' ? ['--clear-retention-period'] : []),
    ],
    versions: ['--no-versioning'],
  };
}

/** One bucket: made if there is none, then each setting compared as `media:verify` compares it. */
function stepsOfBucket(config: GcpConfig, use: BucketUse): Step[] {
  const url = `gs://${config.buckets[use]}`;
  const wanted = wantedBucket(use, config.portalOrigin);
  const flags = flagsOf(wanted);
  const check = ['storage', 'buckets', 'describe', url, '--raw', '--format=json'];
  const files: Partial<Record<BucketSetting, StepFile[]>> = {
    CORS: [jsonFile(`${use}-cors.json`, wanted.cors)],
    lifecycle: [jsonFile(`${use}-lifecycle.json`, wanted.lifecycle)],
  };
  return [
    creation(`${use}: bucket`, check, [
      ...['storage', 'buckets', 'create', url, `--project=${config.project}`, `--location=${config.location}`],
      ...flags['uniform access'],
      ...flags['public access'],
      `--soft-delete-duration=${wanted.softDeleteDays}d`,
    ]),
    ...BUCKET_SETTINGS.map((setting) => ({
      title: `${use}: ${setting}`,
      check,
      isDone: (found: unknown) =>
        found !== null && judgeBucket(wanted, bucketResourceSchema.parse(found))[setting] === null,
      change: ['storage', 'buckets', 'update', url, ...flags[setting]],
      files: files[setting] ?? [],
    })),
  ];
}

/** Only on request (docs/adr/0013), and never locked: a lock could not be taken back. */
function lakeRetention({ buckets, lakeRetentionDays: days }: GcpConfig): Step[] {
  if (days === 0) return [];
  const url = `gs://${buckets.lake}`;
  return [
    {
      title: 'lake: retention period',
      check: ['storage', 'buckets', 'describe', url, '--raw', '--format=json'],
      isDone: (found) =>
        found !== null && (bucketResourceSchema.parse(found).retentionPolicy?.retentionPeriod ?? 0) >= days * DAY_S,
      change: ['storage', 'buckets', 'update', url, `--retention-period=${days}d`],
    },
  ];
}

/** Both buckets with all their settings. */
export const bucketSteps = (config: GcpConfig): Step[] => [
  ...stepsOfBucket(config, 'lake'),
  ...lakeRetention(config),
  ...stepsOfBucket(config, 'media'),
];
