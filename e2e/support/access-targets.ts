import type { Role } from '#lib/auth/user-context.ts';
import {
  type Caller,
  idsOf,
  keysWithWebhooks,
  libraryMasters,
  makeClips,
  makeCodeWindows,
  makeDeliveries,
  makeExports,
  makeKeys,
  makeLinks,
  makeMasters,
  makeNotes,
  makePeople,
  makeReels,
  makeWebhooks,
  playersOf,
  playsOf,
  type Target,
  type Targets,
  teamsOf,
} from './access-things.ts';

/** Makes one thing of each kind for a caller, and says what the caller is answered for those out of reach. */
export interface Maker {
  kinds: readonly Target[];
  /** @param above what the parameters before it in the path name: a message belongs to its webhook. */
  make(caller: Caller, above: Readonly<Record<string, Targets>>): Promise<Targets> | Targets;
  /** Nobody, unless told. */
  reachesTeammate?(role: Role): boolean;
  outside(role: Role): number | 'success';
  /** Whether a filter by one's own finds anything; it does, unless told. */
  findsOwn?(role: Role): boolean;
}

const THREE = ['own', 'other', 'missing'] as const;
const FOUR = ['own', 'teammate', 'other', 'missing'] as const;
const notFound = () => 404;
const nothingFound = () => 'success' as const;
/** Those who make reels, and write notes. */
const MAKES: readonly Role[] = ['admin', 'staff', 'coach', 'analyst'];
const isAdmin = (role: Role) => role === 'admin';

const clips = { kinds: FOUR, make: makeClips, reachesTeammate: (role: Role) => role !== 'player' };
/** Of the accounts of their teams admins see all; others see their own. */
const people = { kinds: FOUR, reachesTeammate: isAdmin };
const foreignTeam = () => 403;

/** By where an operation names its target, and how: what a person writes for a new kind of thing. */
export const MAKERS: Readonly<Record<'path' | 'filter' | 'body', Readonly<Record<string, Maker>>>> = {
  path: {
    clip_id: { ...clips, outside: notFound },
    master_id: { kinds: THREE, make: makeMasters, outside: notFound },
    reel_id: { kinds: FOUR, make: makeReels, reachesTeammate: () => true, outside: notFound },
    // A teammate's are for staff.
    note_id: { kinds: FOUR, make: makeNotes, reachesTeammate: (role) => MAKES.includes(role), outside: notFound },
    link_id: { kinds: FOUR, make: makeLinks, reachesTeammate: () => true, outside: notFound },
    // One of another reel is not there under this one.
    export_id: { kinds: FOUR, make: makeExports, outside: notFound },
    user_id: { kinds: THREE, make: makePeople, outside: notFound },
    key_id: { ...people, make: makeKeys, outside: notFound },
    webhook_id: { ...people, make: makeWebhooks, outside: notFound },
    delivery_id: { kinds: FOUR, make: makeDeliveries, outside: notFound },
    // What a colleague does not share is nobody else's, admins included.
    code_window_id: { kinds: FOUR, make: makeCodeWindows, outside: notFound },
    team_code: { kinds: THREE, make: teamsOf, outside: notFound },
  },
  filter: {
    team_code: { kinds: THREE, make: teamsOf, outside: nothingFound },
    player_id: { kinds: THREE, make: playersOf, outside: nothingFound },
    // A player is not told what a clip is cut from.
    master_id: { kinds: THREE, make: libraryMasters, outside: nothingFound, findsOwn: (role) => role !== 'player' },
    user_id: { ...people, make: idsOf('u'), outside: (role) => (isAdmin(role) ? 'success' : 403) },
    api_key_id: { ...people, make: keysWithWebhooks, outside: nothingFound },
  },
  body: {
    team_code: { kinds: THREE, make: teamsOf, outside: foreignTeam },
    team_access: { kinds: THREE, make: teamsOf, outside: foreignTeam },
    master_id: { kinds: THREE, make: libraryMasters, outside: () => 422 },
    clip_ids: { ...clips, outside: nothingFound },
    // Each part is judged by itself; a reel that shows no clip counts none, one's own neither.
    reel_id: {
      ...{ kinds: FOUR, make: makeReels, reachesTeammate: () => true, outside: nothingFound, findsOwn: () => false },
    },
    play_ids: { kinds: THREE, make: playsOf, outside: nothingFound },
    user_id: { ...people, make: idsOf('u'), outside: (role) => (isAdmin(role) ? 404 : 403) },
    api_key_id: { ...people, make: idsOf('k'), outside: (role) => (isAdmin(role) ? 404 : 403) },
  },
};
