const SERVED = ['lib/errors.ts', 'lib/word-schemas.ts', 'lib/auth', 'lib/deps.ts', 'lib/http'];
export const FOR_BROWSERS = [
  ...['lib/errors.ts', 'lib/word-schemas.ts', 'lib/*/*-schemas.ts'],
  ...['lib/storage/upload', 'lib/storage/port/foreign-files.ts', 'lib/storage/port/object-keys.ts'],
  ...['lib/delivery/playlist-text.ts', 'lib/delivery/storyboard-text.ts', 'lib/drawing'],
];
const SOURCE_OF_MEDIA = ['lib/media/media-types.ts', 'lib/storage/port/byte-source.ts'];
const TOOLS_ON_MASTERS = ['lib/media/tools/confinement.ts', 'lib/media/tools/loopback-source.ts'];
const DOMAIN = [
  ...['lib/health', 'lib/audit', 'lib/users', 'lib/events', 'lib/webhooks'],
  ...['lib/clubs', 'lib/clips', 'lib/masters', 'lib/plays', 'lib/code-windows', 'lib/reels', 'lib/notes', 'lib/links'],
  ...['lib/views', 'lib/reel-exports', 'lib/stats', 'lib/library-audit'],
];

/**
 * What each room may import beside itself: rooms, or single files of them (`*` is any name). A row names rows before it
 * alone, so that no way through the house leads back to where it began: `tableOfRooms` refuses another table. Types
 * count like anything else (docs/adr/0042).
 */
export const ROOMS: Record<string, readonly string[]> = {
  'lib/errors.ts': [],
  'lib/redact.ts': [],
  'lib/logger.ts': ['lib/redact.ts'],
  'lib/request-facts.ts': [],
  'lib/word-schemas.ts': [],
  'lib/spent-buffers.ts': [],
  'lib/drawing': ['lib/word-schemas.ts'],

  'lib/storage/port': ['lib/errors.ts', 'lib/word-schemas.ts'],
  'lib/storage/disk': ['lib/errors.ts', 'lib/spent-buffers.ts', 'lib/storage/port'],
  'lib/storage/google': ['lib/errors.ts', 'lib/storage/port'],
  'lib/storage/google/fake': ['lib/storage/port', 'lib/storage/google'],
  'lib/storage/upload': ['lib/errors.ts', 'lib/storage/port'],

  'lib/db': ['lib/errors.ts'],
  'lib/auth': ['lib/errors.ts', 'lib/request-facts.ts', 'lib/db'],
  'lib/config': ['lib/errors.ts', 'lib/auth/role-rules.ts'],
  'lib/jobs': ['lib/errors.ts', 'lib/logger.ts', 'lib/db'],
  'lib/delivery': ['lib/auth/user-context.ts', 'lib/storage/port'],

  'lib/media/media-types.ts': ['lib/errors.ts', 'lib/storage/port/byte-source.ts', 'lib/delivery/delivery-index.ts'],
  'lib/media/clip-work.ts': ['lib/media/media-types.ts'],
  'lib/media/prepare-work.ts': ['lib/delivery/storyboard-text.ts'],
  'lib/media/reel-work.ts': ['lib/drawing/drawing-schemas.ts'],
  'lib/media/test-masters': ['lib/storage/port/byte-source.ts'],
  'lib/media/tools': [...SOURCE_OF_MEDIA, 'lib/spent-buffers.ts'],
  'lib/media/containers': SOURCE_OF_MEDIA,
  'lib/media/probe': ['lib/media/media-types.ts', ...TOOLS_ON_MASTERS],
  'lib/media/frames': [
    ...[...SOURCE_OF_MEDIA, ...TOOLS_ON_MASTERS, 'lib/media/tools/time-args.ts'],
    ...['lib/media/containers/read-bytes.ts', 'lib/media/probe'],
  ],
  'lib/media/inspect': [
    ...[...SOURCE_OF_MEDIA, 'lib/storage/port/object-keys.ts'],
    ...['lib/media/tools/loopback-source.ts', 'lib/media/tools/guard.ts', 'lib/media/containers'],
    ...['lib/media/probe/probe-master.ts', 'lib/media/frames'],
  ],
  'lib/media/cut': [
    ...['lib/media/media-types.ts', 'lib/delivery/delivery-index.ts', 'lib/delivery/playlist-text.ts'],
    'lib/delivery/storyboard-text.ts',
    ...[...TOOLS_ON_MASTERS, 'lib/media/tools/run-ffmpeg.ts', 'lib/media/tools/time-args.ts'],
    ...['lib/media/containers/matroska-index.ts', 'lib/media/probe', 'lib/media/frames'],
  ],
  'lib/media/publish': [
    ...['lib/errors.ts', 'lib/logger.ts', 'lib/storage/port', 'lib/media/media-types.ts', 'lib/media/clip-work.ts'],
    'lib/media/frames/time-ranges.ts',
  ],
  'lib/media/prepare': [
    ...['lib/errors.ts', 'lib/logger.ts', 'lib/storage/port', ...SOURCE_OF_MEDIA, 'lib/media/prepare-work.ts'],
    ...[...TOOLS_ON_MASTERS, 'lib/media/tools/run-ffmpeg.ts', 'lib/media/tools/time-args.ts', 'lib/media/containers'],
    ...['lib/media/probe', 'lib/media/frames', 'lib/media/cut', 'lib/media/publish/write-delivery.ts'],
    ...['lib/media/publish/clip-master.ts', 'lib/media/publish/work-folder.ts', 'lib/delivery/storyboard-text.ts'],
  ],
  'lib/media/reel-film': [
    ...['lib/errors.ts', 'lib/logger.ts', 'lib/storage/port', ...SOURCE_OF_MEDIA, 'lib/media/reel-work.ts'],
    ...['lib/drawing', ...TOOLS_ON_MASTERS, 'lib/media/tools/run-ffmpeg.ts', 'lib/media/tools/time-args.ts'],
    ...['lib/media/probe', 'lib/media/cut', 'lib/media/publish'],
  ],

  'lib/events': ['lib/errors.ts', 'lib/logger.ts', 'lib/auth'],
  'lib/deps.ts': [
    ...['lib/logger.ts', 'lib/auth', 'lib/db/prisma-client.ts', 'lib/delivery', 'lib/events', 'lib/jobs'],
    ...['lib/media/media-types.ts', 'lib/storage/port'],
  ],
  'lib/http': [
    ...['lib/errors.ts', 'lib/logger.ts', 'lib/request-facts.ts', 'lib/auth'],
    ...['lib/db/database-faults.ts', 'lib/storage/port/object-store.ts'],
  ],
  'lib/server': ['lib/errors.ts', 'lib/logger.ts', 'lib/http', 'lib/config', 'lib/auth/client-address.ts'],

  'lib/health': ['lib/deps.ts', 'lib/storage/port'],
  'lib/idempotency': SERVED,
  'lib/audit': [...SERVED, 'lib/redact.ts', 'lib/request-facts.ts'],
  'lib/users': [...SERVED, 'lib/audit'],
  'lib/sign-in': [...SERVED, 'lib/request-facts.ts', 'lib/audit', 'lib/users'],
  'lib/webhooks': [...SERVED, 'lib/events', 'lib/jobs', 'lib/audit', 'lib/users'],
  'lib/clips': [
    ...[...SERVED, 'lib/request-facts.ts', 'lib/storage/port', 'lib/delivery', 'lib/jobs', 'lib/idempotency'],
    ...['lib/audit', 'lib/media/media-types.ts', 'lib/media/clip-work.ts'],
  ],
  'lib/masters': [
    ...[...SERVED, 'lib/storage/port', 'lib/delivery', 'lib/jobs', 'lib/idempotency', 'lib/audit', 'lib/clips'],
    ...['lib/media/media-types.ts', 'lib/media/prepare-work.ts', 'lib/media/prepare/segment-rates.ts'],
  ],
  'lib/plays': [...SERVED, 'lib/storage/port', 'lib/audit', 'lib/clips', 'lib/masters'],
  'lib/code-windows': [...SERVED, 'lib/idempotency', 'lib/audit', 'lib/clips', 'lib/plays'],
  'lib/reels': [...SERVED, 'lib/idempotency', 'lib/audit', 'lib/clips'],
  'lib/notes': [...SERVED, 'lib/idempotency', 'lib/audit', 'lib/drawing', 'lib/reels'],
  'lib/clubs': [...SERVED, 'lib/audit'],
  'lib/links': [
    ...[...SERVED, 'lib/audit', 'lib/users', 'lib/clips', 'lib/reels', 'lib/drawing', 'lib/notes', 'lib/delivery'],
    ...['lib/storage/port', 'lib/clubs'],
  ],
  'lib/views': [...SERVED, 'lib/reels', 'lib/links'],
  'lib/reel-exports': [
    ...[...SERVED, 'lib/storage/port', 'lib/jobs', 'lib/audit', 'lib/clips', 'lib/reels', 'lib/notes'],
    'lib/media/reel-work.ts',
  ],
  'lib/stats': [...SERVED, 'lib/clips'],
  'lib/library-audit': [...SERVED, 'lib/storage/port', 'lib/jobs', 'lib/clips'],
  'lib/runtime': ['lib'],

  'app/_ui': [],
  'app/_client': FOR_BROWSERS,
  'app/_i18n': ['lib/clips/clip-field-schemas.ts', 'lib/storage/port/foreign-files.ts'],
  'app/_components': ['app/_ui', 'app/_i18n'],
  'app/_session': [
    ...['lib/auth', 'lib/db/database-faults.ts', 'lib/request-facts.ts'],
    ...['lib/runtime/web.ts', 'lib/runtime/page-faults.ts'],
  ],
  'app/api': [...SERVED, ...DOMAIN, 'lib/request-facts.ts', 'lib/sign-in', 'lib/runtime/web.ts'],
  app: [
    'app/_ui',
    'app/_client',
    'app/_i18n',
    'app/_components',
    'app/_session',
    'lib/auth',
    ...FOR_BROWSERS,
    ...DOMAIN,
    'lib/runtime/web.ts',
  ],
  'proxy.ts': ['lib/config', 'lib/http'],
  'instrumentation.ts': ['lib/runtime/page-faults.ts'],

  scripts: ['lib', 'app/api/v2/serve-api.ts'],
  e2e: [
    ...['scripts', 'lib/errors.ts', 'lib/auth', 'lib/db', 'lib/users', 'lib/storage/google/fake'],
    ...['lib/plays/play-files-fixture.ts', 'lib/media/test-masters'],
    // What is on screen is held against what is burnt in.
    ...['lib/drawing', 'lib/media/reel-film/render-svg.ts'],
  ],
};

/** Rooms whose `*-repo.ts` and `*-sql.ts`, and nothing else of them, touch the database. */
export const WITH_REPOS = [...DOMAIN, 'lib/idempotency'];
