import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { createLinkSchema } from '#lib/links/link-schemas.ts';
import { createLink, revokeLink } from '#lib/links/manage-links.ts';
import { openLink } from '#lib/links/open-link.ts';
import { patchReel } from '#lib/reels/change-reel.ts';
import { CHOSEN, enlistAll, makeReel, type People } from '#lib/reels/reels-fixture.ts';
import { clipRow, faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { forgetOldViews } from './forget-old-views.ts';
import { recordSharedViews, recordViews } from './record-views.ts';
import { type RecordViews, recordViewsSchema } from './view-schemas.ts';
import { getClipViews, getOwnViews, getReelViews, getTeamViews } from './who-watched.ts';

const DAY_MS = 24 * 3_600_000;
let portal: PortalFixture;
let people: People;

beforeAll(async () => {
  portal = await portalFixture();
  people = await enlistAll(portal.deps);
});
afterAll(() => portal.close());

let serial = 0;
/** A clip of another player of MTL that nobody has watched yet, ten seconds long. */
async function newClip(facts: object = {}): Promise<string> {
  serial += 1;
  const clipId = `watched-${serial}`;
  const row = clipRow({ clipId, playerId: '8', startTimecodeS: 0, endTimecodeS: 10, durationS: 10, ...facts });
  await portal.db.clip.create({ data: row });
  return clipId;
}

type Part = Omit<RecordViews['views'][number], 'session' | 'at'> & { agoS: number; session?: string };
/** Tells parts as one player of the caller's does, each so long ago. */
function tell(user: UserContext, parts: Part[], session = randomUUID()) {
  const nowMs = Date.now();
  const views = parts.map(({ agoS, ...part }) => ({
    ...{ session, ...part },
    at: new Date(nowMs - agoS * 1000).toISOString(),
  }));
  return recordViews(portal.deps, user, recordViewsSchema.parse({ views, sent_at: new Date(nowMs).toISOString() }));
}
const codes = ({ refused }: Awaited<ReturnType<typeof tell>>) => refused.map(({ index, code }) => [index, code]);

describe('what was watched', () => {
  it('is counted per person, clip, reel and second, with repeats', async () => {
    const clip_id = await newClip();
    const { id: reel_id } = await makeReel(portal.deps, people.maker, { players: [CHOSEN] }, [clip_id]);
    const parts = [
      { clip_id, reel_id, from_s: 0, to_s: 2.5, agoS: 30 },
      { clip_id, reel_id, from_s: 2.5, to_s: 4, agoS: 28 },
      { clip_id, reel_id, from_s: 1, to_s: 3, agoS: 20 },
    ];
    expect(await tell(people.chosen, parts)).toEqual({ accepted: 3, refused: [] });
    await tell(people.maker, [{ clip_id, from_s: 8, to_s: 10, agoS: 5 }]);

    const ofReel = await getReelViews(portal.deps, people.staff, reel_id);
    expect(ofReel.viewers).toMatchObject([{ kind: 'person', id: people.chosen.userId, seconds: 6, repeats: 2 }]);
    expect(ofReel.curves).toEqual([{ clip_id, duration_s: 10, seen: [1, 2, 2, 1, 0, 0, 0, 0, 0, 0], viewers: 1 }]);
    const ofClip = await getClipViews(portal.deps, people.staff, clip_id);
    expect(ofClip.viewers.map(({ id, seconds }) => [id, seconds])).toEqual([
      [people.chosen.userId, 6],
      [people.maker.userId, 2],
    ]);
    expect(ofClip.curves[0]?.seen).toEqual([1, 2, 2, 1, 0, 0, 0, 0, 1, 1]);
    const { reels, people: rows } = await getTeamViews(portal.deps, people.coach, 'MTL');
    expect(reels.map(({ id }) => id)).toContain(reel_id);
    const row = rows.find(({ id }) => id === people.chosen.userId);
    expect(row?.seen).toMatchObject([{ reel_id, seconds: 6, repeats: 2 }]);
    expect(rows.find(({ id }) => id === people.player.userId)).toMatchObject({ seen: [], shown: [] });
    expect(row?.shown).toEqual([reel_id]);
  });

  it('of a team is told by the reels that have clips and an audience', async () => {
    const clip_id = await newClip();
    const make = async (audience: Parameters<typeof makeReel>[2], clips = [clip_id]) =>
      (await makeReel(portal.deps, people.maker, audience, clips)).id;
    const seen = { clip_id, from_s: 0, to_s: 2, agoS: 30 };
    const [secret, empty] = [await make('private'), await make('team', [])];
    const [ofTeam, ofNobody, ofStaff] = [await make('team'), await make({ players: ['nobody'] }), await make('staff')];
    for (const reel_id of [secret, ofStaff]) await tell(people.maker, [{ ...seen, reel_id }]);
    const columns = async () => {
      const { reels } = await getTeamViews(portal.deps, people.maker, 'MTL');
      return [secret, empty, ofTeam, ofNobody, ofStaff].filter((reel) => reels.some(({ id }) => id === reel));
    };
    expect(await columns()).toEqual([ofTeam]);
    await tell(people.staff, [{ ...seen, reel_id: ofStaff }]);
    expect(await columns()).toEqual([ofTeam, ofStaff]);
    const { people: rows } = await getTeamViews(portal.deps, people.maker, 'MTL');
    const shown = rows.find(({ id }) => id === people.player.userId)?.shown ?? [];
    expect([shown.includes(ofTeam), shown.includes(ofStaff)]).toEqual([true, false]);
  });

  it('is told to who watched it by what the clip is called, with its clock', async () => {
    const facts = { gameDate: new Date('2025-10-11'), opponentCode: 'CHI', period: 2, playerName: 'Théo Côté' };
    const clip_id = await newClip({ ...facts, eventType: 'goal' });
    const game = { teamCode: 'MTL', season: '2025-2026', gameId: '20031' };
    await portal.db.game.upsert({ where: { teamCode_season_gameId: game }, create: game, update: {} });
    const play = { source: 'sportscode', sourceId: clip_id, part: '', name: 'goal', period: 2, clockS: 725 };
    const { id } = await portal.db.play.create({ data: { ...game, ...play } });
    await portal.db.clip.update({ where: { clipId: clip_id }, data: { playId: id } });
    await tell(people.staff, [{ clip_id, from_s: 0, to_s: 2, agoS: 1 }]);
    const { views } = await getOwnViews(portal.deps, people.staff);
    expect(views.find((view) => view.clip_id === clip_id)?.clip).toEqual({
      ...{ event_type: 'goal', player_id: '8', player_name: 'Théo Côté', team_code: 'MTL', opponent_code: 'CHI' },
      ...{ game_date: '2025-10-11', period: 2, clock_s: 725 },
    });
    // In a reel to whoever does not reach the clip, for as long as it is shown there.
    const { id: reelId } = await makeReel(portal.deps, people.maker, { players: [CHOSEN] }, [clip_id]);
    await tell(people.chosen, [{ clip_id, reel_id: reelId, from_s: 0, to_s: 2, agoS: 1 }]);
    const inReel = async () => {
      const own = await getOwnViews(portal.deps, people.chosen);
      return own.views.find(({ reel_id }) => reel_id === reelId);
    };
    expect(await inReel()).toMatchObject({ clip_id: null, clip: { player_name: 'Théo Côté', period: 2 } });
    await patchReel(portal.deps, people.maker, { reelId, ifMatch: null }, { audience: 'private' });
    expect(await inReel()).toMatchObject({ clip_id: null, clip: null, reel_title: null });
  });

  it('counts once, however often it is told, and whoever else tells at the same time', async () => {
    const clip_id = await newClip();
    const session = randomUUID();
    const nowMs = Date.now();
    const views = [10, 8, 6].map((agoS, index) => ({
      ...{ clip_id, session, from_s: index * 2, to_s: index * 2 + 2, at: new Date(nowMs - agoS * 1000).toISOString() },
    }));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, time) =>
        recordViews(portal.deps, time % 2 ? people.maker : people.staff, {
          views: time < 4 ? views.slice(0, 2) : views,
        }),
      ),
    );
    expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(6);
    const { viewers } = await getClipViews(portal.deps, people.coach, clip_id);
    expect(viewers.map(({ seconds, repeats }) => [seconds, repeats])).toEqual([
      [6, 0],
      [6, 0],
    ]);
  });

  it('is told late, by a clock that is wrong', async () => {
    const clip_id = await newClip();
    const yearAheadMs = Date.now() + 365 * DAY_MS;
    const at = (ms: number) => new Date(ms).toISOString();
    const part = { clip_id, session: randomUUID(), from_s: 0, to_s: 4 };
    const input = { views: [{ ...part, at: at(yearAheadMs - 3 * DAY_MS) }], sent_at: at(yearAheadMs) };
    expect((await recordViews(portal.deps, people.maker, input)).accepted).toBe(1);
    const { viewers } = await getClipViews(portal.deps, people.coach, clip_id);
    const daysAgo = (Date.now() - Date.parse(viewers[0]?.last_at ?? '')) / DAY_MS;
    expect(daysAgo).toBeGreaterThan(2.99);
    expect(daysAgo).toBeLessThan(3.01);
  });
});

describe('forged views', () => {
  it('are refused one by one, and what goes beyond the clip is cut off', async () => {
    const clip_id = await newClip();
    const answer = await tell(people.maker, [
      { clip_id, from_s: 5, to_s: 4, agoS: 60 },
      { clip_id, from_s: -1, to_s: 4, agoS: 50 },
      { clip_id, from_s: 10, to_s: 12, agoS: 40 },
      { clip_id, from_s: 0, to_s: 2, agoS: -60 },
      { clip_id, from_s: 0, to_s: 2, agoS: 40 * 86_400 },
      { clip_id: 'nothing', from_s: 0, to_s: 2, agoS: 30 },
      { clip_id, from_s: 8, to_s: 300, agoS: 20 },
    ]);
    expect(codes(answer)).toEqual([
      [0, 'empty'],
      [1, 'beyond'],
      [2, 'beyond'],
      [3, 'future'],
      [4, 'too_old'],
      [5, 'not_found'],
    ]);
    const { viewers } = await getClipViews(portal.deps, people.coach, clip_id);
    expect(viewers).toMatchObject([{ seconds: 2 }]);
  });

  it('of more than there was time for count for no more than that', async () => {
    const clip_id = await newClip({ durationS: 300, endTimecodeS: 300 });
    const { accepted, refused } = await tell(people.maker, [
      { clip_id, from_s: 0, to_s: 10, agoS: 30 },
      { clip_id, from_s: 0, to_s: 100, agoS: 25 },
      { clip_id, from_s: 0, to_s: 8, agoS: 20 },
    ]);
    expect([accepted, refused.map(({ index, code }) => [index, code])]).toEqual([2, [[1, 'not_counted']]]);
    // However many players somebody makes up, a minute holds no more.
    const many = await Promise.all(
      Array.from({ length: 20 }, () => tell(people.staff, [{ clip_id, from_s: 0, to_s: 100, agoS: 7200 }])),
    );
    expect(many.reduce((sum, answer) => sum + answer.accepted, 0)).toBe(2);
  });

  it.each<[string, object]>([
    ['no number', { from_s: Number.NaN }],
    ['without end', { to_s: Number.POSITIVE_INFINITY }],
    ['of somebody else', { user_id: randomUUID() }],
    ['at no time', { at: 'soon' }],
  ])('%s are refused as a whole', (_what, change) => {
    const part = { clip_id: 'c', from_s: 0, to_s: 1, at: new Date().toISOString(), session: randomUUID() };
    expect(recordViewsSchema.safeParse({ views: [part] }).success).toBe(true);
    expect(recordViewsSchema.safeParse({ views: [{ ...part, ...change }] }).success).toBe(false);
  });

  it('of what is not shown to the caller are of nothing', async () => {
    const clip_id = await newClip();
    const { id: reel_id } = await makeReel(portal.deps, people.maker, 'staff', [clip_id]);
    const part = { from_s: 0, to_s: 2, agoS: 10, clip_id };
    const tries = [
      () => tell(people.player, [part]),
      () => tell(people.chosen, [{ ...part, reel_id }]),
      () => tell(people['coach of CHI'], [part]),
      () => tell(people.maker, [{ ...part, reel_id: randomUUID() }]),
    ];
    for (const attempt of tries) expect(codes(await attempt())).toEqual([[0, 'not_found']]);
    expect((await getClipViews(portal.deps, people.maker, clip_id)).viewers).toEqual([]);
  });
});

describe('who watched', () => {
  it('is told to those of the team who make reels, and to nobody else', async () => {
    const clip_id = await newClip();
    const { id } = await makeReel(portal.deps, people.maker, 'team', [clip_id]);
    await tell(people.player, [{ clip_id, reel_id: id, from_s: 0, to_s: 3, agoS: 10 }]);
    const asks = (user: UserContext) => [
      () => getReelViews(portal.deps, user, id),
      () => getClipViews(portal.deps, user, clip_id),
      () => getTeamViews(portal.deps, user, 'MTL'),
    ];
    for (const user of [people.admin, people.staff, people.coach, people.analyst])
      for (const ask of asks(user)) expect(JSON.stringify(await ask())).toContain(people.player.userId);
    for (const user of [people.scout, people.player, people.chosen])
      for (const ask of asks(user)) expect((await faultOf(ask())).status).toBe(403);
    const [ofReel, ofClip] = asks(people['coach of CHI']);
    for (const ask of [ofReel, ofClip]) expect((await faultOf(ask?.() ?? Promise.resolve())).status).toBe(404);
    expect(await getTeamViews(portal.deps, people['coach of CHI'], 'MTL')).toEqual({ reels: [], people: [] });
    const own = await getOwnViews(portal.deps, people.player);
    expect(own).toMatchObject({
      kept_days: 400,
      views: [{ clip_id: null, reel_title: 'A reel', seconds: 3 }],
    });
    expect((await getOwnViews(portal.deps, people.scout)).views).toEqual([]);
    // Who has not yet watched is a row as well.
    const { viewers } = await getReelViews(portal.deps, people.maker, id);
    expect(viewers.filter(({ seconds }) => seconds === 0).map((row) => row.id)).toEqual([people.chosen.userId]);
  });

  it('counts whoever has a link as the link, for as long as that is good', async () => {
    const clip_id = await newClip();
    const { id } = await makeReel(portal.deps, people.maker, 'private', [clip_id]);
    const link = await createLink(portal.deps, people.maker, id, createLinkSchema.parse({}));
    const { pass, items } = await openLink(portal.deps, { secret: link.url.slice(link.url.lastIndexOf('/') + 1) });
    const at = new Date().toISOString();
    const part = { item_id: items[0]?.id ?? '', session: randomUUID(), from_s: 0, to_s: 4, at };
    expect((await recordSharedViews(portal.deps, { pass, views: [part] })).accepted).toBe(1);
    const other = { ...part, item_id: randomUUID(), session: randomUUID() };
    expect((await recordSharedViews(portal.deps, { pass, views: [other] })).accepted).toBe(0);
    const { viewers } = await getReelViews(portal.deps, people.maker, id);
    expect(viewers).toMatchObject([{ kind: 'link', id: link.id, name: null, seconds: 4 }]);
    await revokeLink(portal.deps, people.maker, link.id);
    expect(await faultOf(recordSharedViews(portal.deps, { pass, views: [part] }))).toMatchObject({ status: 404 });
  });

  it('is kept for 400 days, and then how much, of nobody', async () => {
    const clip_id = await newClip();
    const { id } = await makeReel(portal.deps, people.maker, 'team', [clip_id]);
    await patchReel(portal.deps, people.maker, { reelId: id, ifMatch: null }, { title: 'An old reel' });
    const part = { clip_id, reel_id: id };
    await tell(people.chosen, [
      { ...part, from_s: 0, to_s: 3, agoS: 100 },
      { ...part, from_s: 0, to_s: 5, agoS: 20 },
    ]);
    await portal.db.$executeRaw`UPDATE media.views SET ended_at = now() - interval '401 days'
      WHERE reel_id = ${id}::uuid AND to_s = 3`;
    expect(await forgetOldViews(portal.db, new Date())).toBe(1);
    expect(await forgetOldViews(portal.db, new Date())).toBe(0);
    const { viewers, before } = await getReelViews(portal.deps, people.maker, id);
    expect(before).toEqual({ seconds: 3, views: 1 });
    expect(viewers.find((row) => row.id === people.chosen.userId)).toMatchObject({ seconds: 5, repeats: 0 });
  });

  it('and no row of it is written or read around that', async () => {
    const count = () => portal.deps.db.view.count();
    expect(await count()).toBe(0);
    await expect(portal.deps.db.view.deleteMany()).rejects.toThrow();
    await expect(
      portal.deps.db.view.create({ data: { clipId: 1, teamCode: 'MTL', fromS: 0, toS: 1, endedAt: new Date() } }),
    ).rejects.toThrow();
  });
});
