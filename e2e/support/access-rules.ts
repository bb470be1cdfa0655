import type { Role } from '#lib/auth/user-context.ts';
import type { Naming } from './access-cells.ts';
import type { Target } from './access-things.ts';
import type { ApiOperation } from './api-document.ts';

export const ROLES: readonly Role[] = ['admin', 'staff', 'coach', 'analyst', 'scout', 'player'];
export const TEAMS = ['MTL', 'CHI'] as const;
export type Team = (typeof TEAMS)[number];

/** Contract §5: who may do what. */
export const MAY = {
  read: ROLES,
  write: ['admin', 'staff', 'coach', 'analyst'],
  watch: ['admin', 'staff', 'coach', 'analyst'],
  admin: ['admin'],
  public: ROLES,
} as const satisfies Record<string, readonly Role[]>;
type Right = keyof typeof MAY;

/** The right that each operation needs. One that is not in here fails the matrix. */
const RIGHTS: Readonly<Record<string, Right>> = {
  listClips: 'read',
  createClip: 'write',
  createClips: 'write',
  changeClips: 'write',
  getClip: 'read',
  downloadClip: 'read',
  askForDownload: 'read',
  getPlaylists: 'read',
  tellPlay: 'read',
  updateClip: 'write',
  deleteClip: 'admin',
  retryClip: 'write',
  restoreClip: 'admin',
  undoClip: 'write',
  addTag: 'write',
  removeTag: 'write',
  listFacets: 'read',
  getStatsOverview: 'read',
  getStatsBreakdown: 'read',
  exportClips: 'read',
  importPlays: 'write',
  listGames: 'read',
  getGame: 'read',
  listPlays: 'read',
  listPlayFacets: 'read',
  exportPlays: 'read',
  getPlayStats: 'read',
  exportPlayStats: 'read',
  clipPlays: 'write',
  getAnchors: 'watch',
  setAnchors: 'write',
  listCodeWindows: 'watch',
  createCodeWindow: 'write',
  getCodeWindow: 'watch',
  updateCodeWindow: 'write',
  deleteCodeWindow: 'write',
  listReels: 'read',
  createReel: 'write',
  getReel: 'read',
  updateReel: 'write',
  deleteReel: 'write',
  addReelItems: 'write',
  putReelItems: 'write',
  exportReel: 'write',
  listReelExports: 'write',
  getReelExport: 'write',
  downloadReel: 'read',
  openReel: 'read',
  tellReelPlay: 'read',
  getReelPlaylists: 'read',
  listClipNotes: 'read',
  createClipNote: 'write',
  listFilmNotes: 'watch',
  createFilmNote: 'write',
  updateNote: 'read',
  deleteNote: 'read',
  answerNote: 'read',
  listReelNotes: 'read',
  listReelLinks: 'write',
  createReelLink: 'write',
  revokeLink: 'write',
  listLinks: 'admin',
  openLink: 'public',
  getSharedText: 'public',
  getSharedPlaylists: 'public',
  tellSharedPlay: 'public',
  downloadShared: 'public',
  getSharedMedia: 'public',
  recordSharedViews: 'public',
  recordViews: 'read',
  getOwnViews: 'read',
  getReelViews: 'write',
  getClipViews: 'write',
  getTeamViews: 'write',
  listClubs: 'read',
  updateClub: 'admin',
  getCrest: 'public',
  listMasters: 'admin',
  startUpload: 'admin',
  getMaster: 'admin',
  completeUpload: 'admin',
  getMasterPlayback: 'watch',
  getMasterText: 'public',
  deleteMaster: 'admin',
  restoreMaster: 'admin',
  listUsers: 'admin',
  createUser: 'admin',
  getUser: 'admin',
  updateUser: 'admin',
  disableUser: 'admin',
  inviteUser: 'admin',
  resetUser: 'admin',
  listKeys: 'read',
  createKey: 'read',
  revokeKey: 'read',
  streamEvents: 'read',
  listWebhooks: 'read',
  createWebhook: 'read',
  getWebhook: 'read',
  updateWebhook: 'read',
  deleteWebhook: 'read',
  testWebhook: 'read',
  listWebhookDeliveries: 'read',
  replayWebhookDelivery: 'read',
  listAudit: 'admin',
  exportAudit: 'admin',
  getClipText: 'public',
  getHealth: 'public',
  getOpenApiDocument: 'public',
};

/** What an operation answers to a caller who may, and who reaches the target, where that is not its success. */
const WITHIN: Readonly<Record<string, { status: number; because: string }>> = {
  retryClip: { status: 409, because: 'the clip is ready: only a failed one is put in line again' },
  restoreClip: { status: 409, because: 'the clip is not in the trash' },
  undoClip: { status: 403, because: 'nobody has made the clip just now, by the log' },
  restoreMaster: { status: 409, because: 'the master is not in the trash' },
  completeUpload: { status: 409, because: 'the master was only announced: its bytes are missing' },
  createClips: { status: 201, because: 'the batch answers 200, and its one item is judged' },
  getClipText: { status: 200, because: 'its file stands in only where there is nothing to make a playlist of' },
  getMasterPlayback: { status: 404, because: 'the master was only announced: nothing of it can be played' },
  getMasterText: { status: 403, because: 'nobody is given a token for a master that was only announced' },
  getCrest: { status: 404, because: 'no club has this crest' },
  openLink: { status: 404, because: 'the secret is nobody’s' },
  getSharedText: { status: 404, because: 'its token names no link' },
  getSharedPlaylists: { status: 404, because: 'its token names no link' },
  tellSharedPlay: { status: 404, because: 'its token names no link' },
  downloadShared: { status: 404, because: 'its token names no link' },
  getSharedMedia: { status: 404, because: 'the name was not given out' },
  recordSharedViews: { status: 404, because: 'no link gave the pass' },
  exportReel: { status: 422, because: 'the reel is empty: there is nothing to show' },
  putReelItems: { status: 428, because: 'it is sent without the version that it starts from' },
  tellReelPlay: { status: 404, because: 'the reel shows no clip' },
  getReelPlaylists: { status: 404, because: 'the reel shows no clip' },
  resetUser: { status: 409, because: 'the account has no password yet: it was only just made' },
};

/** What one finds who asks for something out of reach, where neither its place nor its name says so (`outsideOf`). */
const OUTSIDE: Readonly<Record<string, { status: number; because: string }>> = {
  getMasterText: { status: 403, because: 'the token opens it, as it does the playlists of a clip' },
  getClipText: { status: 403, because: 'the token, not the caller, opens a playlist, and it names another clip' },
  addReelItems: { status: 404, because: 'a clip out of reach is not there to be shown' },
  importPlays: { status: 403, because: 'it writes into the team that the query names' },
};

export function rightOf({ id, method, path }: Pick<ApiOperation, 'id' | 'method' | 'path'>): Right {
  const right = RIGHTS[id];
  if (right) return right;
  throw new Error(`${method} ${path}: say in RIGHTS of access-rules.ts which right ${id} needs (contract §5).`);
}

export const mayCall = (operation: ApiOperation, role: Role): boolean =>
  (MAY[rightOf(operation)] as readonly Role[]).includes(role);

/** The status by which an operation succeeds: of several, the one of what was made just now. */
export const successOf = ({ responses }: Pick<ApiOperation, 'responses'>): number =>
  Math.max(
    ...Object.keys(responses)
      .map(Number)
      .filter((status) => status >= 200 && status < 304),
  );

/**
 * What a role is answered for a target. Without the right: 403, whatever the target. With it: success within reach; what
 * is out of reach is answered as what does not exist.
 */
export function expectedStatus(operation: ApiOperation, naming: Naming | null, target: Target, role: Role): number {
  if (!mayCall(operation, role)) return 403;
  const reaches = target === 'own' || (target === 'teammate' && naming?.maker.reachesTeammate?.(role));
  if (naming && !reaches) {
    const outside = OUTSIDE[operation.id]?.status ?? naming.maker.outside(role);
    if (outside !== 'success') return outside;
  }
  return WITHIN[operation.id]?.status ?? successOf(operation);
}
