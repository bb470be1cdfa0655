import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { linkOfPass, readShown } from '#lib/links/link-reader.ts';
import { selectTeamOfShown } from '#lib/reels/reel-items-repo.ts';
import { readerOf } from '#lib/reels/reel-reader.ts';
import { judgePart } from './judge-part.ts';
import { type CountedPart, insertParts, selectReachedClip, type WatchedClip } from './view-repo.ts';
import {
  REFUSALS,
  type RecordedViewsJson,
  type RecordSharedViews,
  type RecordViews,
  type Refusal,
} from './view-schemas.ts';

type Deps = Pick<PortalDeps, 'db' | 'now'>;

/** How long it is remembered that somebody is shown a clip: they are asked about every few seconds. */
const SHOWN_MS = 60_000;
/** Looking who is shown what takes a connection each time; there are few of them. */
const LOOKS_AT_ONCE = 2;

/** What one process knows while it counts. */
interface Known {
  shown: LRUCache<string, { clip: WatchedClip | null }>;
  looks: PQueue;
}
const knowns = new WeakMap<PortalDeps['db'], Known>();

function knownOf(db: PortalDeps['db']): Known {
  const known = knowns.get(db) ?? {
    shown: new LRUCache({ max: 50_000, ttl: SHOWN_MS }),
    looks: new PQueue({ concurrency: LOOKS_AT_ONCE }),
  };
  knowns.set(db, known);
  return known;
}

/** The clip, if it is shown to the caller: by the reel, where they say one, else because they reach it. */
async function findShown(db: PortalDeps['db'], user: UserContext, clipId: string, reelId: string | null) {
  if (reelId === null) return readWithinReach(db, user, (reads) => selectReachedClip(reads, user, clipId));
  const team = await readWithinReach(db, user, (reads) => selectTeamOfShown(reads, reelId, clipId));
  if (team === null) return null;
  const reader = readerOf(user, { id: reelId, team_code: team });
  return readWithinReach(db, reader, (reads) => selectReachedClip(reads, reader, clipId));
}

async function shownClip(db: PortalDeps['db'], key: string, find: () => Promise<WatchedClip | null>) {
  const { shown, looks } = knownOf(db);
  const known = shown.get(key);
  if (known) return known.clip;
  const clip = await looks.add(find);
  shown.set(key, { clip });
  return clip;
}

interface Told {
  from_s: number;
  to_s: number;
  at: string;
  session: string;
}
interface Viewer {
  userId: string | null;
  linkId: string | null;
}

/** Judges each part by itself, and writes down what counts. */
async function count<P extends Told>(
  deps: Deps,
  { userId, linkId }: Viewer,
  input: { views: readonly P[]; sent_at?: string | undefined },
  find: (part: P) => Promise<{ clip: WatchedClip; reelId: string | null } | null>,
): Promise<RecordedViewsJson> {
  const nowMs = deps.now().getTime();
  const clock = { nowMs, sentAtMs: input.sent_at === undefined ? nowMs : Date.parse(input.sent_at) };
  const judged = await Promise.all(
    input.views.map(async (part): Promise<CountedPart | Refusal> => {
      const found = await find(part);
      if (!found) return 'not_found';
      const { clip, reelId } = found;
      const verdict = judgePart(part, clip.duration_s, clock);
      if (typeof verdict === 'string') return verdict;
      return {
        ...{ viewer: userId ?? linkId ?? '', session: part.session, user_id: userId, link_id: linkId },
        ...{ clip_id: clip.id, reel_id: reelId, team_code: clip.team_code, from_s: verdict.fromS, to_s: verdict.toS },
        ...{ at: new Date(verdict.atMs).toISOString(), ended_at: new Date(verdict.endedAtMs).toISOString() },
      };
    }),
  );
  const sound = judged.filter((part) => typeof part !== 'string');
  const taken = sound.length > 0 ? await insertParts(deps.db, sound) : [];
  const isTaken = new Map(sound.map((part, index) => [part, taken[index] === true]));
  const refused = judged.flatMap((part, index) => {
    if (typeof part !== 'string' && isTaken.get(part)) return [];
    const code = typeof part === 'string' ? part : 'not_counted';
    return [{ index, code, detail: REFUSALS[code] }];
  });
  return { accepted: judged.length - refused.length, refused };
}

/**
 * Writes down what the caller has watched. Each part is judged by itself; what is answered lies in the database.
 * @throws AppError 403, 503 while too much waits to be written: it is to be sent again.
 */
export function recordViews(deps: Deps, user: UserContext, input: RecordViews): Promise<RecordedViewsJson> {
  authorize(user, 'reels.read');
  const { userId, role, playerId = '', teamAccess } = user;
  const who = [userId, role, playerId, ...teamAccess].join(' ');
  return count(deps, { userId, linkId: null }, input, async ({ clip_id: clipId, reel_id = null }) => {
    const key = `${who}\n${reel_id ?? ''}\n${clipId}`;
    const clip = await shownClip(deps.db, key, () => findShown(deps.db, user, clipId, reel_id));
    return clip && { clip, reelId: reel_id };
  });
}

/**
 * The same of whoever looks through a link: counted as the link.
 * @throws AppError 404 for one that opens nothing (any more).
 */
export async function recordSharedViews(
  deps: Deps & Pick<PortalDeps, 'delivery'>,
  input: RecordSharedViews,
): Promise<RecordedViewsJson> {
  const link = await linkOfPass(deps, input.pass);
  return count(deps, { userId: null, linkId: link.id }, input, async ({ item_id: itemId }) => {
    const clip = await shownClip(deps.db, `${link.id}\n${itemId}`, async () => {
      const { reader, items } = await readShown(deps, link, itemId);
      const clipId = items[0]?.clip.clip_id;
      return clipId === undefined
        ? null
        : readWithinReach(deps.db, reader, (reads) => selectReachedClip(reads, reader, clipId));
    });
    return clip && { clip, reelId: link.reel_id };
  });
}
