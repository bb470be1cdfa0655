import { createHash, randomUUID } from 'node:crypto';
import * as media from './client/media-api.ts';
import { accountOf } from './support/accounts.ts';
import { sql } from './support/database.ts';
import { followEvents } from './support/event-reader.ts';
import { expect, test } from './support/portal-test.ts';

/** A program of somebody else's: it knows the document, a key, and nothing of this code. */
const SEASON = '2011-2012';

test.afterAll(async () => {
  await sql('DELETE FROM media.clips WHERE season = $1', [SEASON]);
});

const bodyOf = <A extends { status: number; data?: unknown }, S extends A['status']>(answer: A, status: S) => {
  expect(answer.status, JSON.stringify(answer.data)).toBe(status);
  return answer.data as Extract<A, { status: S; data: unknown }>['data'];
};

test('a generated client lists, filters, creates, waits and downloads', async ({ portal }) => {
  media.defaults.baseUrl = `${portal.url}/api/v2`;
  media.defaults.headers = { authorization: `Bearer ${portal.apiKeys[accountOf('coach', 'MTL').email]}` };

  const all = bodyOf(await media.listClips({ limit: 3 }), 200);
  expect(all.clips.length).toBeGreaterThan(0);
  const player = all.clips[0]?.player_id ?? '';
  const own = bodyOf(await media.listClips({ playerId: [player], include: ['tags'] }), 200);
  expect(own.clips.every((clip) => clip.player_id === player && clip.assets.length === 0)).toBe(true);

  const stream = await followEvents(portal.apiKeys[accountOf('coach', 'MTL').email] ?? '');
  const clipId = `outside-${randomUUID().slice(0, 8)}`;
  const created = bodyOf(
    await media.createClip(
      {
        clip_id: clipId,
        master_id: portal.masters.mtl,
        start_timecode_s: 1,
        end_timecode_s: 3,
        player_id: '8480018',
        team_code: 'MTL',
        season: SEASON,
        game_id: 'outside',
        event_type: 'shot',
        tags: ['outside'],
      },
      { idempotencyKey: clipId },
    ),
    201,
  );
  // A worker may have taken it by the time that the answer is written.
  expect(['pending', 'processing']).toContain(created.processing_status);

  await stream.heard('clip.ready', clipId);
  stream.close();
  const ready = bodyOf(await media.getClip(clipId), 200);
  expect(ready.processing_status).toBe('ready');
  const mp4 = ready.assets.find((asset) => asset.asset_type === 'mp4');
  const bytes = Buffer.from(await (await fetch(mp4?.signed_url ?? '')).arrayBuffer());
  expect(bytes.length).toBe(mp4?.file_size_bytes);
  expect(bytes.subarray(4, 8).toString('latin1')).toBe('ftyp');
  const saved = await fetch(`${media.defaults.baseUrl}/clips/${clipId}/download`, {
    headers: media.defaults.headers as Record<string, string>,
  });
  const digest = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
  expect(digest(new Uint8Array(await saved.arrayBuffer()))).toBe(digest(bytes));

  const gone = await media.getClip('no-such-clip');
  expect(bodyOf(gone, 404)).toMatchObject({ code: 'not_found', status: 404 });
});
