import { mayDo, reaches } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { Clip } from '#lib/clips/clip.ts';
import { signAssets, toPlaybackJson } from '#lib/clips/clip-serializer.ts';
import type { PortalDeps } from '#lib/deps.ts';
import type { ItemRow } from './reel-items-repo.ts';
import { readerOf } from './reel-reader.ts';
import type { ReelRow } from './reel-repo.ts';
import type { Audience, ReelClipJson, ReelItemJson, ReelSummaryJson } from './reel-schemas.ts';

type Deps = Pick<PortalDeps, 'delivery' | 'logger'>;

/** Seconds to the millisecond. */
const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;

/** The audience as requests say it. */
export const audienceOf = ({ audience, players }: Pick<ReelRow, 'audience' | 'players'>): Audience =>
  audience === 'players' ? { players } : audience;

/** What is told of a reel itself. */
export function toReelSummary(user: UserContext, row: ReelRow, poster_url: string | null): ReelSummaryJson {
  const { players: _, owner_id, owner_name, is_changed, first_clip: __, ...told } = row;
  return {
    ...told,
    poster_url,
    duration_s: toMilliseconds(row.duration_s),
    owner: { id: owner_id, name: owner_name },
    audience: audienceOf(row),
    may_edit: is_changed && mayDo(user, 'reels.write'),
  };
}

/** The small picture of a clip, where there is one. */
export async function thumbnailOf(deps: Deps, reader: UserContext, clip: Clip): Promise<string | null> {
  const asset = clip.assets.find(({ asset_type: type }) => type === 'thumbnail');
  const [signed] = asset ? await signAssets(deps, reader, clip, [asset]) : [];
  return signed?.signed_url ?? null;
}

async function toReelClip(deps: Deps, caller: UserContext, reader: UserContext, clip: Clip): Promise<ReelClipJson> {
  const { clip_id, player_id, player_name, team_code, opponent_code, game_id, game_date, season, period } = clip;
  const { event_type, outcome, zone, strength } = clip;
  const [playback, thumbnail_url] = await Promise.all([
    toPlaybackJson(deps, reader, clip),
    thumbnailOf(deps, reader, clip),
  ]);
  const isReached = reaches(caller, { teamCode: team_code, playerId: player_id });
  return {
    ...{ clip_id, player_id, player_name, team_code, opponent_code, game_id, game_date, season, period },
    ...{ event_type, outcome, zone, strength, duration_s: toMilliseconds(clip.duration_s) },
    playback: playback && { ...playback, exact_url: isReached ? playback.exact_url : null },
    thumbnail_url,
  };
}

/** Items with the clips that the reel shows, by their names; what is not among them is gone. */
export async function toItems(
  deps: Deps,
  caller: UserContext,
  reel: Pick<ReelRow, 'id' | 'team_code'>,
  items: readonly ItemRow[],
  clips: readonly Clip[],
): Promise<ReelItemJson[]> {
  const reader = readerOf(caller, reel);
  const shown = new Map(
    await Promise.all(clips.map(async (clip) => [clip.clip_id, await toReelClip(deps, caller, reader, clip)] as const)),
  );
  return items.map((item) => {
    const clip = (item.clip_id === null ? undefined : shown.get(item.clip_id)) ?? null;
    return { ...item, clip_id: clip && item.clip_id, clip };
  });
}
