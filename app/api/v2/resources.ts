import type { Resources } from '#lib/http/openapi-document.ts';
import * as exportAudit from './audit/export/resource.ts';
import * as audit from './audit/resource.ts';
import * as clipText from './clips/[clip_id]/[file]/resource.ts';
import * as downloadClip from './clips/[clip_id]/download/resource.ts';
import * as clipNotes from './clips/[clip_id]/notes/resource.ts';
import * as playlists from './clips/[clip_id]/playlists/resource.ts';
import * as plays from './clips/[clip_id]/plays/resource.ts';
import * as clip from './clips/[clip_id]/resource.ts';
import * as restoreClip from './clips/[clip_id]/restore/resource.ts';
import * as retryClip from './clips/[clip_id]/retry/resource.ts';
import * as clipTag from './clips/[clip_id]/tags/[tag]/resource.ts';
import * as undoClip from './clips/[clip_id]/undo/resource.ts';
import * as clipViews from './clips/[clip_id]/views/resource.ts';
import * as createClips from './clips/batch/resource.ts';
import * as bulkClips from './clips/bulk/resource.ts';
import * as exportClips from './clips/export/resource.ts';
import * as facets from './clips/facets/resource.ts';
import * as health from './clips/health/resource.ts';
import * as clips from './clips/resource.ts';
import * as statsBreakdown from './clips/stats/breakdown/resource.ts';
import * as statsOverview from './clips/stats/overview/resource.ts';
import * as club from './clubs/[team_code]/resource.ts';
import * as clubs from './clubs/resource.ts';
import * as codeWindow from './code-windows/[code_window_id]/resource.ts';
import * as codeWindows from './code-windows/resource.ts';
import * as crest from './crests/[crest]/resource.ts';
import * as events from './events/resource.ts';
import * as game from './games/[team_code]/[season]/[game_id]/resource.ts';
import * as games from './games/resource.ts';
import * as key from './keys/[key_id]/resource.ts';
import * as keys from './keys/resource.ts';
import * as link from './links/[link_id]/resource.ts';
import * as links from './links/resource.ts';
import * as masterText from './masters/[master_id]/[file]/resource.ts';
import * as anchors from './masters/[master_id]/anchors/resource.ts';
import * as completeUpload from './masters/[master_id]/complete/resource.ts';
import * as filmNotes from './masters/[master_id]/notes/resource.ts';
import * as masterPlayback from './masters/[master_id]/playback/resource.ts';
import * as master from './masters/[master_id]/resource.ts';
import * as restoreMaster from './masters/[master_id]/restore/resource.ts';
import * as masters from './masters/resource.ts';
import * as noteAnswers from './notes/[note_id]/answers/resource.ts';
import * as note from './notes/[note_id]/resource.ts';
import * as clipPlays from './plays/clips/resource.ts';
import * as exportPlays from './plays/export/resource.ts';
import * as playFacets from './plays/facets/resource.ts';
import * as importPlays from './plays/import/resource.ts';
import * as gamePlays from './plays/resource.ts';
import * as exportPlayStats from './plays/stats/export/resource.ts';
import * as playStats from './plays/stats/resource.ts';
import * as reelPlaylists from './reels/[reel_id]/clips/[clip_id]/playlists/resource.ts';
import * as reelPlays from './reels/[reel_id]/clips/[clip_id]/plays/resource.ts';
import * as reelDownload from './reels/[reel_id]/download/resource.ts';
import * as reelExport from './reels/[reel_id]/export/resource.ts';
import * as reelExportOne from './reels/[reel_id]/exports/[export_id]/resource.ts';
import * as reelExports from './reels/[reel_id]/exports/resource.ts';
import * as reelItems from './reels/[reel_id]/items/resource.ts';
import * as reelLinks from './reels/[reel_id]/links/resource.ts';
import * as reelNotes from './reels/[reel_id]/notes/resource.ts';
import * as reelOpens from './reels/[reel_id]/opens/resource.ts';
import * as reel from './reels/[reel_id]/resource.ts';
import * as reelViews from './reels/[reel_id]/views/resource.ts';
import * as reels from './reels/resource.ts';
import * as sharedText from './shared/[item_id]/[file]/resource.ts';
import * as sharedDownload from './shared/[item_id]/download/resource.ts';
import * as sharedPlaylists from './shared/[item_id]/playlists/resource.ts';
import * as sharedPlays from './shared/[item_id]/plays/resource.ts';
import * as shared from './shared/resource.ts';
import * as sharedViews from './shared/views/resource.ts';
import * as sharedMedia from './shared-media/[name]/resource.ts';
import * as inviteUser from './users/[user_id]/invite/resource.ts';
import * as resetUser from './users/[user_id]/reset/resource.ts';
import * as user from './users/[user_id]/resource.ts';
import * as users from './users/resource.ts';
import * as ownViews from './views/mine/resource.ts';
import * as views from './views/resource.ts';
import * as replayDelivery from './webhooks/[webhook_id]/deliveries/[delivery_id]/replay/resource.ts';
import * as deliveries from './webhooks/[webhook_id]/deliveries/resource.ts';
import * as webhook from './webhooks/[webhook_id]/resource.ts';
import * as testWebhook from './webhooks/[webhook_id]/test/resource.ts';
import * as webhooks from './webhooks/resource.ts';

/** Every resource of `/api/v2` that programs are told of; `resources.test.ts` compares it with the files. */
export const resources: Resources = {
  '/audit': audit,
  '/audit/export': exportAudit,
  '/clips': clips,
  '/clips/batch': createClips,
  '/clips/bulk': bulkClips,
  '/clips/export': exportClips,
  '/clips/facets': facets,
  '/clips/health': health,
  '/clips/stats/breakdown': statsBreakdown,
  '/clips/stats/overview': statsOverview,
  '/clips/{clip_id}': clip,
  '/clips/{clip_id}/download': downloadClip,
  '/clips/{clip_id}/notes': clipNotes,
  '/clips/{clip_id}/playlists': playlists,
  '/clips/{clip_id}/plays': plays,
  '/clips/{clip_id}/restore': restoreClip,
  '/clips/{clip_id}/retry': retryClip,
  '/clips/{clip_id}/tags/{tag}': clipTag,
  '/clips/{clip_id}/undo': undoClip,
  '/clips/{clip_id}/{file}': clipText,
  '/clubs': clubs,
  '/clubs/{team_code}': club,
  '/crests/{crest}': crest,
  '/code-windows': codeWindows,
  '/code-windows/{code_window_id}': codeWindow,
  '/events': events,
  '/games': games,
  '/games/{team_code}/{season}/{game_id}': game,
  '/masters': masters,
  '/masters/{master_id}': master,
  '/masters/{master_id}/anchors': anchors,
  '/masters/{master_id}/complete': completeUpload,
  '/masters/{master_id}/notes': filmNotes,
  '/masters/{master_id}/playback': masterPlayback,
  '/masters/{master_id}/restore': restoreMaster,
  '/masters/{master_id}/{file}': masterText,
  '/notes/{note_id}': note,
  '/notes/{note_id}/answers': noteAnswers,
  '/plays': gamePlays,
  '/plays/clips': clipPlays,
  '/plays/export': exportPlays,
  '/plays/facets': playFacets,
  '/plays/import': importPlays,
  '/plays/stats': playStats,
  '/plays/stats/export': exportPlayStats,
  '/reels': reels,
  '/reels/{reel_id}': reel,
  '/reels/{reel_id}/notes': reelNotes,
  '/reels/{reel_id}/items': reelItems,
  '/reels/{reel_id}/opens': reelOpens,
  '/reels/{reel_id}/clips/{clip_id}/plays': reelPlays,
  '/reels/{reel_id}/clips/{clip_id}/playlists': reelPlaylists,
  '/reels/{reel_id}/links': reelLinks,
  '/links': links,
  '/links/{link_id}': link,
  '/shared': shared,
  '/shared/{item_id}/download': sharedDownload,
  '/shared/{item_id}/playlists': sharedPlaylists,
  '/shared/{item_id}/plays': sharedPlays,
  '/shared/{item_id}/{file}': sharedText,
  '/shared/views': sharedViews,
  '/shared-media/{name}': sharedMedia,
  '/views': views,
  '/views/mine': ownViews,
  '/reels/{reel_id}/views': reelViews,
  '/clips/{clip_id}/views': clipViews,
  '/reels/{reel_id}/export': reelExport,
  '/reels/{reel_id}/exports': reelExports,
  '/reels/{reel_id}/exports/{export_id}': reelExportOne,
  '/reels/{reel_id}/download': reelDownload,
  '/webhooks': webhooks,
  '/webhooks/{webhook_id}': webhook,
  '/webhooks/{webhook_id}/deliveries': deliveries,
  '/webhooks/{webhook_id}/deliveries/{delivery_id}/replay': replayDelivery,
  '/webhooks/{webhook_id}/test': testWebhook,
  '/keys': keys,
  '/keys/{key_id}': key,
  '/users': users,
  '/users/{user_id}': user,
  '/users/{user_id}/invite': inviteUser,
  '/users/{user_id}/reset': resetUser,
};
