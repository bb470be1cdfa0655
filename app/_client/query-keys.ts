/** A list's filters and order as they stand in the URL, already in one fixed order (see `clip-query.ts`). */
export type QueryText = string;

/** Keys of the query cache. The first part names the resource, so that a change can reach everything of a kind. */
export const queryKeys = {
  clips: ['clips'] as const,
  clipLists: ['clips', 'list'] as const,
  clipList: (query: QueryText) => ['clips', 'list', query] as const,
  clipFacets: (query: QueryText) => ['clips', 'facets', query] as const,
  allClipFacets: ['clips', 'facets'] as const,
  clip: (clipId: string) => ['clips', 'detail', clipId] as const,
  clipPlaylists: (clipId: string) => ['playlists', clipId] as const,
  trash: ['clips', 'trash'] as const,
  bulkCount: (target: object, change: object) => ['bulk count', target, change] as const,
  allGames: ['games'] as const,
  gameList: (query: QueryText) => ['games', 'list', query] as const,
  plays: ['plays'] as const,
  playLists: ['plays', 'list'] as const,
  playList: (query: QueryText) => ['plays', 'list', query] as const,
  playFacets: (query: QueryText) => ['plays', 'facets', query] as const,
  plannedClips: (request: object) => ['plays', 'planned clips', request] as const,
  allAnchors: ['anchors'] as const,
  anchors: (masterId: string) => ['anchors', masterId] as const,
  playStats: (query: QueryText) => ['plays', 'stats', query] as const,
  masters: ['masters'] as const,
  masterLists: ['masters', 'list'] as const,
  masterList: (query: QueryText) => ['masters', 'list', query] as const,
  masterTrash: ['masters', 'list', 'trash'] as const,
  users: (query: QueryText) => ['users', query] as const,
  allUsers: ['users'] as const,
  keys: (query: QueryText) => ['keys', query] as const,
  allKeys: ['keys'] as const,
  webhooks: (keyId: string) => ['webhooks', 'list', keyId] as const,
  allDeliveries: ['webhooks', 'deliveries'] as const,
  deliveries: (webhookId: string) => ['webhooks', 'deliveries', webhookId] as const,
  audit: (query: QueryText) => ['audit', query] as const,
  master: (id: string) => ['masters', 'detail', id] as const,
  /** Of a page that the server makes anew. */
  masterPage: (name: string, isUnfinished: boolean) => ['masters', 'page', name, isUnfinished] as const,
  masterPlayback: (id: string) => ['masters', 'playback', id] as const,
  codeWindows: (team: string) => ['code windows', team] as const,
  /** The fourth part says that clips are in it, as below a master's detail. */
  filmClips: (id: string) => ['masters', 'film', id, 'clips'] as const,
};
