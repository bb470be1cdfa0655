import type { Page } from '@playwright/test';
import { diceOf } from '#scripts/demo/sample-dice.ts';
import { samplePlays } from '#scripts/demo/sample-plays.ts';
import { accountOf } from './support/accounts.ts';
import { apiOf } from './support/api.ts';
import { sql } from './support/database.ts';
import { expect, test } from './support/portal-test.ts';
import { type PreparedMaster, prepareMaster } from './support/prepared-master.ts';
import { stayOnClip } from './support/slices.ts';
import { expectFrame } from './support/video.ts';

/** Masters and plays of this season are this spec's alone. */
const SEASON = '2005-2006';
const GAME = { team_code: 'MTL', season: SEASON, game_id: '1' };
/** `HEARTBEAT_PLAYS=50` looks at more of them than each run has time for. */
const PLAYS = Number(process.env.HEARTBEAT_PLAYS ?? 10);
const MASTER_S = 20;
/** The opening face-off, in frames of the master: whoever films begins before it. */
const FACE_OFF_FRAME = 60;

interface Place {
  master_id: string;
  at_s: number;
}

interface Listed {
  id: number;
  kind: string;
  player_id: string | null;
  clock_s: number | null;
  video: Place | null;
}

/** A play that a master shows, and the frame of it that it is at. */
interface Seen {
  id: number;
  video: Place;
  clockS: number;
  frame: number;
}

test.afterAll(async () => {
  for (const table of ['clips', 'plays', 'games']) await sql(`DELETE FROM media.${table} WHERE season = $1`, [SEASON]);
});

/** The frame that each row's time code stands for, of thirty a second, by the row's id. */
function framesOfRows(csv: string): Map<string, number> {
  // Both columns stand before those that hold lists.
  const [header = '', ...lines] = csv.split('\n');
  const [id = 0, timecode = 0] = ['id', 'timecode'].map((name) => header.split(',').indexOf(name));
  return new Map(
    lines.map((line): [string, number] => {
      const cells = line.split(',');
      const [hours = 0, minutes = 0, seconds = 0, frames = 0] = (cells[timecode] ?? '').split(':').map(Number);
      return [cells[id] ?? '', (hours * 3600 + minutes * 60 + seconds) * 30 + frames];
    }),
  );
}

/** What a clip's page says of the game's clock, in seconds. */
async function gameClock(page: Page): Promise<number> {
  const text = await page.getByText('Game clock').locator('..').textContent();
  const [, minutes, seconds] = /(\d+):(\d\d)$/.exec(text ?? '') ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

test('plays and clips of plays show the frame that their time code means', async ({ openAs, portal }) => {
  test.setTimeout(180_000 + PLAYS * 10_000);
  const coach = apiOf(accountOf('coach', 'MTL'));
  // Thirty a second, and what cameras make of it: as many frames, and each a thousandth longer.
  const masters: { master: PreparedMaster; period: number; rate: number }[] = [
    { master: await prepareMaster(portal, SEASON, { rate: '30', seconds: MASTER_S }), period: 1, rate: 1 },
    { master: await prepareMaster(portal, SEASON, { rate: '30000/1001', seconds: MASTER_S }), period: 2, rate: 1.001 },
  ];
  for (const { master, period, rate } of masters) {
    const anchors = [{ period, clock_s: 0, video_s: FACE_OFF_FRAME / master.fps, rate }];
    expect((await coach.call('PUT', `/masters/${master.id}/anchors`, { body: anchors })).status).toBe(200);
  }
  const csv = samplePlays();
  const sent = await coach.call('POST', `/plays/import?${new URLSearchParams(GAME)}`, {
    rawBody: csv,
    headers: { 'Content-Type': 'text/csv' },
  });
  expect(sent.status, sent.text).toBe(200);
  const rowOf = new Map(
    (await sql('SELECT id, source_id FROM media.plays WHERE season = $1', [SEASON])).map((row) => [
      Number(row.id),
      String(row.source_id),
    ]),
  );
  const frames = framesOfRows(csv);
  const { plays } = JSON.parse((await coach.get(`/plays?season=${SEASON}&limit=5000`)).text) as { plays: Listed[] };
  const seen = plays.flatMap(({ id, kind, player_id, clock_s, video }): Seen[] => {
    const frame = frames.get(rowOf.get(id) ?? '');
    if (kind !== 'event' || player_id === null || clock_s === null || frame === undefined) return [];
    return video && video.at_s < MASTER_S - 1 ? [{ id, video, clockS: clock_s, frame: FACE_OFF_FRAME + frame }] : [];
  });
  expect(seen.length).toBeGreaterThan(50);
  const dice = diceOf(2005);
  const chosen: Seen[] = [];
  for (let left = seen; chosen.length < PLAYS && left.length > 0; ) {
    const next = left[dice.between(0, left.length - 1)];
    left = left.filter((play) => play !== next);
    if (next) chosen.push(next);
  }

  const page = await openAs(accountOf('coach', 'MTL'));
  await stayOnClip(page);
  for (const { master } of masters) {
    const own = chosen.filter(({ video }) => video.master_id === master.id);
    expect(own.length).toBeGreaterThan(0);
    await page.goto(`/masters/${master.id}?t=${own[0]?.video.at_s}`);
    for (const { video, frame } of own) {
      await page.locator('film-video').evaluate((film, at) => {
        (film as HTMLVideoElement).currentTime = at;
      }, video.at_s);
      await expectFrame(page, frame);
    }
  }
  const body = { play_ids: chosen.map(({ id }) => id), lead_s: 0, lag_s: 1 };
  const made = await coach.post('/plays/clips', body);
  expect(made.json, made.text).toMatchObject({ created: chosen.length, skipped: [] });
  const { clips } = JSON.parse(made.text) as { clips: { play_id: number; clip_id: string }[] };
  const clipOf = new Map(clips.map(({ play_id, clip_id }) => [play_id, clip_id]));
  for (const { id, frame, clockS } of chosen) {
    await page.goto(`/clips/${clipOf.get(id)}`);
    await expectFrame(page, frame);
    // Whole seconds, of a play between two of the clock's.
    expect(Math.abs((await gameClock(page)) - clockS)).toBeLessThan(1.1);
  }
});
