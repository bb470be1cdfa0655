import type { UserContext } from '#lib/auth/user-context.ts';
import { type ClipAsset, fileNameOf } from '#lib/clips/clip.ts';
import { toPlaybackJson } from '#lib/clips/clip-serializer.ts';
import { filmOfItem } from '#lib/delivery/playback-token.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { isStoreError } from '#lib/storage/port/object-store.ts';
import type { ShownItem } from './link-reader.ts';
import type { LiveLink } from './link-repo.ts';
import type { SharedItemJson, SharedNoteJson } from './shared-schemas.ts';

type Deps = Pick<PortalDeps, 'delivery' | 'logger' | 'baseUrl' | 'now'>;

/** Words that a club's own data may spell as it likes: of a link without names only plain ones are told. */
const PLAIN_WORD =
  /^(?:goal|shot|save|hit|pass|penalty|faceoff|entry|exit|zone_entry|zone_exit|block|takeaway|giveaway|rush)$/i;

const fileOf = (clip: ShownItem['clip']): ClipAsset | null =>
  (clip.processing_status === 'ready' && clip.assets.find((asset) => fileNameOf(asset) === 'clip.mp4')) || null;

/** What is left of a clip whose slice is gone, until its master is prepared again. */
const isPlayedFromFile = ({ slice, assets }: ShownItem['clip']): boolean =>
  slice === null &&
  assets.some(({ index_kind: kind }) => kind === 'slice') &&
  !assets.some(({ index_kind: kind }) => kind === 'rendition');

/** Whether a clip has a file to be kept. */
export const hasFile = (clip: ShownItem['clip']): boolean => fileOf(clip) !== null;

async function posterOf(deps: Deps, clip: ShownItem['clip']): Promise<string | null> {
  const asset = clip.assets.find(({ asset_type }) => asset_type === 'thumbnail');
  if (!asset) return null;
  try {
    return (await deps.delivery.signObject(asset.gcs_uri, { generation: asset.generation })).url;
  } catch (error) {
    if (isStoreError(error)) return null;
    throw error;
  }
}

/** Whose clip it is, and what of: nothing of it is told by a link without names. */
const factsOf = ({ item, clip }: ShownItem, isNamed: boolean) =>
  isNamed
    ? {
        ...{ note: item.note, player_name: clip.player_name, game_date: clip.game_date },
        ...{ opponent_code: clip.opponent_code, event_type: clip.event_type, outcome: clip.outcome },
      }
    : {
        ...{ note: null, player_name: null, game_date: null, opponent_code: null, outcome: null },
        event_type: PLAIN_WORD.test(clip.event_type) ? clip.event_type : null,
      };

/** One item as a link shows it: an allow-list of its own. No id of a clip is in it. */
export async function toSharedItem(
  deps: Deps,
  reader: UserContext,
  link: LiveLink,
  shown: ShownItem,
  notes: SharedNoteJson[],
): Promise<SharedItemJson> {
  const { item, clip } = shown;
  const own = { linkId: link.id, itemId: item.id, isNamed: link.has_names };
  const ofItem = { ...deps, delivery: deps.delivery.ofLink(own) };
  const playback = await toPlaybackJson(ofItem, reader, clip);
  const isFile = playback?.exact_url != null && isPlayedFromFile(clip);
  const expiresAt = playback ? new Date(playback.expires_at) : deps.now();
  const token = deps.delivery.tokens.issueToLink({ film: filmOfItem(item.id), linkId: link.id, expiresAt });
  const isKept = link.may_download && playback !== null && hasFile(clip);
  return {
    ...{ id: item.id, in_s: item.in_s, out_s: item.out_s, period: clip.period, ...factsOf(shown, link.has_names) },
    duration_s: Math.round(clip.duration_s * 1000) / 1000,
    notes,
    playback: playback && {
      ...{
        kind: playback.kind,
        url: (isFile && playback.exact_url) || playback.url,
        expires_at: playback.expires_at,
        offset_s: playback.offset_s,
      },
      ...{ duration_s: playback.duration_s, is_file: isFile },
    },
    poster_url: await posterOf(ofItem, clip),
    download_url: isKept ? `${deps.baseUrl}/api/v2/shared/${item.id}/download?token=${token}` : null,
  };
}
