import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, clipRow, masterRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { countWrongSums, countWrongTexts, mendSums, mendTexts, settleClipCounts } from './clip-counts-repo.ts';
import { type ClipFilter, listClipsQuerySchema } from './clip-filter-schemas.ts';
import { findNeighbours } from './find-neighbours.ts';
import { listClips } from './list-clips.ts';
import { listFacets } from './list-facets.ts';

const CALLERS = [
  ['an admin', caller('admin')],
  ['a coach of one team', caller('coach', { teamAccess: ['MTL'] })],
  ['a coach of two teams', caller('coach', { teamAccess: ['TOR', 'MTL'] })],
  ['a player', caller('player', { teamAccess: ['MTL'], playerId: '77' })],
] as const;

const master = masterRow({ filename: 'p9.mp4' });
let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
  await portal.db.master.create({ data: master });
  const row = {
    ...{ playerId: '77', playerName: 'Élise Hutberg', opponentCode: 'BOS', gameId: '20044', season: '2024-2025' },
    ...{
      gameDate: new Date('2025-02-03'),
      period: 2,
      eventType: 'goal',
      outcome: 'saved',
      zone: 'oz',
      strength: '5v4',
    },
    ...{ sourceGcsUri: master.lakeUri, processingStatus: 'failed' },
  };
  // As a restore does that disables triggers: neither sums, nor words, nor texts know of these clips.
  await portal.db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.clip.createMany({ data: ['restored-1', 'restored-2'].map((clipId) => clipRow({ ...row, clipId })) });
    await tx.$executeRaw`INSERT INTO media.clip_tags (clip_id, tag) SELECT id, 'rush' FROM media.clips`;
  });
});
afterAll(() => portal.close());

const FILTERS: [string, ClipFilter][] = [
  ['nothing', {}],
  ...Object.entries({
    player_id: { player_id: ['77'] },
    team_code: { team_code: ['MTL'] },
    opponent_code: { opponent_code: ['BOS'] },
    game_id: { game_id: ['20044'] },
    season: { season: ['2024-2025'] },
    period: { period: [2] },
    event_type: { event_type: ['goal'] },
    outcome: { outcome: ['saved'] },
    zone: { zone: ['oz'] },
    strength: { strength: ['5v4'] },
    tag: { tag: ['rush'] },
    status: { status: ['failed'] },
    dates: { date_from: '2025-02-01', date_to: '2025-02-28' },
    master_id: { master_id: master.id },
  } satisfies Record<string, ClipFilter>),
];

const BOTH = { ids: ['restored-2', 'restored-1'], total: 2, position: 2 };
async function listed(user: (typeof CALLERS)[number][1], filter: ClipFilter) {
  const { clips, total } = await listClips(portal.deps, user, { ...listClipsQuerySchema.parse({}), ...filter });
  const { position } = await findNeighbours(portal.deps, user, 'restored-1', { ...filter, sort: '-created_at' });
  return { ids: clips.map((clip) => clip.clip_id), total, position };
}

describe.each(CALLERS)('clips that were written past the triggers, for %s', (_, user) => {
  // A player reaches no master.
  const filters = FILTERS.filter(([name]) => user.role !== 'player' || name !== 'master_id');

  it.each(filters)('are listed and counted under a filter of %s', async (__, filter) => {
    expect(await listed(user, filter)).toEqual(BOTH);
  });

  it('are counted by the facets of a list that is looked through', async () => {
    const { player_id, tag } = await listFacets(portal.deps, user, { zone: ['oz'] });
    expect([player_id, tag]).toMatchObject([[{ value: '77', count: 2 }], [{ value: 'rush', count: 2 }]]);
  });
});

describe('once their texts are filled', () => {
  beforeAll(async () => {
    expect(await mendTexts(portal.db)).toBe(2);
    expect(await portal.db.searchWord.count()).toBe(0);
  });

  it.each(CALLERS)('%s finds them by what their text holds, before any sum or word is mended', async (_, user) => {
    for (const q of ['hutberg', 'HUTBERG rush', 'rush', 'restored', 'hut', 'goal bos', '5c4', 'eh'])
      expect(await listed(user, { q }), q).toEqual(BOTH);
    expect(await listed(user, { q: 'hutberg', game_id: ['20044'], tag: ['rush'] })).toEqual(BOTH);
  });

  it('a team that is another one is mended as well: of a clip that went there past the triggers', async () => {
    const inTeam = (team: string) =>
      portal.db.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
        await tx.$executeRaw`UPDATE media.clips SET team_code = ${team} WHERE clip_id = 'restored-2'`;
      });
    const theirs = caller('coach', { teamAccess: ['CHI'] });
    const found = async (filter: ClipFilter) =>
      (await listClips(portal.deps, theirs, { ...listClipsQuerySchema.parse({}), ...filter })).total;
    await inTeam('CHI');
    expect(await countWrongTexts(portal.db)).toBe(1);
    expect(await mendTexts(portal.db)).toBe(1);
    expect([await found({ tag: ['rush'] }), await found({ q: 'rush' })]).toEqual([1, 1]);
    await inTeam('MTL');
    expect(await mendTexts(portal.db)).toBe(1);
    expect(await listed(CALLERS[1][1], { tag: ['rush'] })).toEqual(BOTH);
  });

  it('mending the sums makes them found by slips and names, too, beside somebody who changes clips', async () => {
    expect(await countWrongSums(portal.db)).toBeGreaterThan(5);
    await portal.db.$transaction(async (tx) => {
      // Neither waits for the other, and nothing is counted twice.
      await tx.clip.update({ where: { clipId: 'restored-1' }, data: { zone: 'nz' } });
      expect(await mendSums(portal.db)).toBeGreaterThan(5);
    });
    await settleClipCounts(portal.db);
    expect(await countWrongSums(portal.db)).toBe(0);
    expect(await mendSums(portal.db)).toBe(0);
    for (const q of ['hutbreg', 'but', 'power play']) expect(await listed(CALLERS[1][1], { q }), q).toEqual(BOTH);
    const { event_type } = await listFacets(portal.deps, CALLERS[1][1], {});
    expect(event_type).toMatchObject([{ value: 'goal', count: 2 }]);
  });
});
