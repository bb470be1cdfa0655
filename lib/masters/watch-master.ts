import { authorize } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { readWithinReach } from '#lib/auth/within-reach.ts';
import { payerOfPlayback } from '#lib/clips/clip-playlists.ts';
import { signSheets } from '#lib/clips/master-sheets.ts';
import { type SheetRow, selectMasterSheets } from '#lib/clips/sheet-repo.ts';
import { toSliceRendition } from '#lib/clips/slice-repo.ts';
import { hlsOfSlice } from '#lib/clips/slice-texts.ts';
import { filmOfMaster } from '#lib/delivery/playback-token.ts';
import { offsetIn } from '#lib/delivery/slice-playlist.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { notFound } from '#lib/errors.ts';
import { type MasterPlaybackJson, type MasterStoryboardJson, masterTextParamsSchema } from './master-schemas.ts';
import { selectMasterRenditions, selectWatchedMaster } from './watch-repo.ts';

/** Timecode zero: a whole master is played from its first picture. */
const ZERO_S = 0;

const MASTER_TEXT = /^(?:playlist|source|[0-9]{2,4})\.m3u8$/;

/** Whether a master may have a text of this name at all. */
export const isMasterText = (fileName: string): boolean => MASTER_TEXT.test(fileName);

/** What the tokens of a master's playlists are for. */
export const masterAsFilm = (id: string): string => filmOfMaster(id);

/** Whose minute pays for a playlist of a master, as for those of clips. */
export function payerOfMasterText(
  deps: Pick<PortalDeps, 'delivery' | 'now'>,
  params: unknown,
  token: string | null,
): string | null {
  const parsed = masterTextParamsSchema.safeParse(params);
  return parsed.success ? payerOfPlayback(deps, masterAsFilm(parsed.data.master_id), token) : null;
}

/**
 * Where a master is watched, for those who mark clips in it.
 * @throws AppError 403; 404 for one out of reach, and one of which nothing can be played yet.
 */
export async function watchMaster(
  deps: Pick<PortalDeps, 'db' | 'buckets' | 'delivery'>,
  user: UserContext,
  id: string,
): Promise<MasterPlaybackJson> {
  authorize(user, 'masters.watch');
  const { master, rows, sheets } = await readWithinReach(deps.db, user, async (reads) => {
    const [found, renditions, pictures] = await Promise.all([
      selectWatchedMaster(reads, user, id),
      selectMasterRenditions(reads, user, id),
      selectMasterSheets(reads, user, id),
    ]);
    return { master: found, rows: renditions, sheets: pictures };
  });
  const [lead] = rows;
  if (!master) throw notFound('Master');
  if (!lead) throw notFound('Playlist');
  const { url, expiresAt } = deps.delivery.signMasterFile(user, id, 'playlist.m3u8');
  return {
    ...{ url, expires_at: expiresAt.toISOString(), offset_s: offsetIn(toSliceRendition(lead), ZERO_S) },
    ...{ playable_to_s: master.playableToS, duration_s: master.durationS },
    storyboard: await storyboardOf(deps, sheets),
  };
}

/** All sheets of a master are laid out alike. */
async function storyboardOf(
  deps: Pick<PortalDeps, 'buckets' | 'delivery'>,
  rows: readonly SheetRow[],
): Promise<MasterStoryboardJson | null> {
  const sheets = await signSheets(deps, rows);
  const [first] = sheets;
  if (!first) return null;
  return {
    ...{ cell_width: first.cellWidth, cell_height: first.cellHeight },
    ...{ interval_s: first.intervalS, columns: first.columns },
    sheets: sheets.map(({ startS, endS, uri }) => ({ start_s: startS, end_s: endS, url: uri })),
  };
}

/**
 * A playlist of a whole master, as far as it is prepared.
 * @param user whom the token in its URL speaks for (`resolvePlaybackCaller`).
 * @param fileName `playlist.m3u8` or `{rendition}.m3u8`.
 * @throws AppError 403 for who may not watch masters any more, 404.
 */
export async function getMasterText(
  deps: Pick<PortalDeps, 'db' | 'buckets' | 'delivery'>,
  user: UserContext,
  id: string,
  fileName: string,
): Promise<string> {
  authorize(user, 'masters.watch');
  const rows = await readWithinReach(deps.db, user, (reads) => selectMasterRenditions(reads, user, id));
  const signText = (name: string) => deps.delivery.signMasterFile(user, id, name);
  return (await hlsOfSlice(deps, { rows, startS: ZERO_S, signText }, fileName)).body;
}
