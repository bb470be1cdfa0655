import { describe, expect, it } from 'vitest';
import { ACTIONS, authorize, capabilitiesOf, mayDo, reaches, reachOf, requireTeam } from './permissions.ts';
import { ROLES, type Role, type UserContext } from './user-context.ts';

const as = (role: Role, overrides: Partial<UserContext> = {}): UserContext => ({
  userId: 'u',
  role,
  name: 'Somebody',
  teamAccess: ['MTL'],
  preferences: {},
  ...overrides,
});

const OWN = 'player 7';
const no = false;
const yes = true;

/** Contract §5, row by row; the columns in the order of the contract. */
const TABLE = {
  //                 admin staff coach analyst scout player
  'clips.read': [yes, yes, yes, yes, yes, yes],
  'clips.write': [yes, yes, yes, yes, no, no],
  'clips.delete': [yes, no, no, no, no, no],
  'masters.read': [yes, no, no, no, no, no],
  'masters.watch': [yes, yes, yes, yes, no, no],
  'masters.write': [yes, no, no, no, no, no],
  'masters.delete': [yes, no, no, no, no, no],
  'plays.read': [yes, yes, yes, yes, yes, yes],
  'plays.write': [yes, yes, yes, yes, no, no],
  'reels.read': [yes, yes, yes, yes, yes, yes],
  'reels.write': [yes, yes, yes, yes, no, no],
  'notes.answer': [yes, yes, yes, yes, yes, yes],
  'people.read': [yes, no, no, no, no, no],
  'people.manage': [yes, no, no, no, no, no],
  'account.read': [yes, yes, yes, yes, yes, yes],
  'account.write': [yes, yes, yes, yes, yes, yes],
} as const;

describe('the rights of contract §5', () => {
  it('covers every action and every role', () => {
    expect(Object.keys(TABLE).sort()).toEqual([...ACTIONS].sort());
    expect(ROLES).toEqual(['admin', 'staff', 'coach', 'analyst', 'scout', 'player']);
  });

  it.each(ACTIONS.flatMap((action) => ROLES.map((role, k) => ({ action, role, allowed: TABLE[action][k] }))))(
    '$role, $action: $allowed',
    ({ action, role, allowed }) => {
      expect(mayDo(as(role), action)).toBe(allowed);
      if (allowed) expect(() => authorize(as(role), action)).not.toThrow();
      else
        expect(() => authorize(as(role), action)).toThrow(expect.objectContaining({ status: 403, code: 'forbidden' }));
    },
  );

  it.each(['owner', '', 'ADMIN', 'constructor', '__proto__', 'toString'])('gives nothing to the role %j', (role) => {
    const user = as(role as Role, { teamAccess: ['ALL'], playerId: OWN });
    for (const action of ACTIONS) expect(mayDo(user, action)).toBe(false);
    expect(reachOf(user)).toEqual({ kind: 'none' });
    expect(reaches(user, { teamCode: 'MTL', playerId: OWN })).toBe(false);
  });

  it.each(ROLES)('lets a read-only key of a %s read what its person reads, and change nothing', (role) => {
    const key = as(role, { apiKeyId: 'k', keyScope: 'read' });
    const reading = [
      'clips.read',
      'plays.read',
      'reels.read',
      'masters.read',
      'masters.watch',
      'people.read',
      'account.read',
    ];
    for (const action of ACTIONS) {
      expect(mayDo(key, action), action).toBe(reading.includes(action) && mayDo(as(role), action));
      expect(mayDo({ ...key, keyScope: 'write' }, action)).toBe(mayDo(as(role), action));
    }
    const code = role === 'scout' || role === 'player' ? 'forbidden' : 'read_only_key';
    expect(() => authorize(key, 'clips.write')).toThrow(expect.objectContaining({ status: 403, code }));
  });

  it('gives nobody an action that is not in the table', () => {
    for (const role of ROLES) expect(mayDo(as(role), 'clips.publish' as 'clips.read')).toBe(false);
  });

  it('offers on screen what the use-cases allow', () => {
    const offered = ROLES.map((role) => {
      const capabilities = Object.entries(capabilitiesOf(as(role)));
      return [role, capabilities.flatMap(([name, is]) => (is ? name : []))];
    });
    const writing = ['canEditClips', 'canWatchMasters', 'canWritePlays', 'canMakeReels'];
    expect(Object.fromEntries(offered)).toEqual({
      admin: Object.keys(capabilitiesOf(as('admin'))),
      ...{ staff: writing, coach: writing, analyst: writing },
      ...{ scout: [], player: [] },
    });
  });
});

describe('reach', () => {
  it('is the teams, equal as text', () => {
    const user = as('coach', { teamAccess: ['MTL', 'TOR'] });
    const reached = ['MTL', 'TOR', 'CHI', 'mtl', 'MTL ', '', 'ALL'].filter((teamCode) => reaches(user, { teamCode }));
    expect(reached).toEqual(['MTL', 'TOR']);
  });

  it('is nothing without a team, and everything with ALL', () => {
    expect(reaches(as('admin', { teamAccess: [] }), { teamCode: 'MTL' })).toBe(false);
    expect(reaches(as('scout', { teamAccess: ['ALL'] }), { teamCode: 'XYZ', playerId: '9' })).toBe(true);
  });

  it('of a player is their own clips in their own teams', () => {
    const player = as('player', { playerId: '007', teamAccess: ['MTL'] });
    const ids = ['007', '7', '0007', ' 007', '007 ', '００7', ''];
    expect(ids.filter((playerId) => reaches(player, { teamCode: 'MTL', playerId }))).toEqual(['007']);
    expect(reaches(player, { teamCode: 'TOR', playerId: '007' })).toBe(false);
    expect(reaches(player, { teamCode: 'MTL' })).toBe(false);
  });

  it('of a player without a player id is nothing', () => {
    for (const user of [as('player'), as('player', { playerId: '' })]) {
      expect(reaches(user, { teamCode: 'MTL', playerId: '' })).toBe(false);
    }
  });

  it('refuses a foreign team by name', () => {
    expect(() => requireTeam(as('coach'), 'MTL', 'team_code')).not.toThrow();
    expect(() => requireTeam(as('coach'), 'TOR', 'team_code')).toThrow(
      expect.objectContaining({
        status: 403,
        code: 'foreign_team',
        errors: [{ path: 'team_code', message: 'You have no access to TOR.' }],
      }),
    );
  });
});
