import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { importPlays } from '#lib/plays/import-plays.ts';
import { getGame } from '#lib/plays/list-games.ts';
import { setAnchors } from '#lib/plays/master-anchors.ts';
import { importPlaysQuerySchema } from '#lib/plays/play-schemas.ts';
import { wasMasterTied } from './made-before.ts';
import { SAMPLE_GAME } from './sample-clips.ts';
import { samplePlays, samplePlaysFilename } from './sample-plays.ts';

/**
 * Imports the plays of the sample game, and ties the clock of each period to its master: both begin with the opening
 * face-off. What is there already is left alone, and so is what somebody has set.
 * @returns how many plays are new.
 */
export async function ensureSampleGame(deps: PortalDeps, user: UserContext): Promise<number> {
  const key = { team_code: SAMPLE_GAME.home, season: SAMPLE_GAME.season, game_id: SAMPLE_GAME.gameId };
  const game = await getGame(deps, user, key);
  let added = 0;
  if (game.plays === 0) {
    const query = importPlaysQuerySchema.parse({ ...key, filename: samplePlaysFilename() });
    ({ added } = await importPlays(deps, user, query, Buffer.from(samplePlays())));
  }
  for (const { master_id, period } of game.periods) {
    if (master_id === null) continue;
    if (await wasMasterTied(deps, user, master_id)) continue;
    await setAnchors(deps, user, { masterId: master_id }, [{ period, clock_s: 0, video_s: 0, rate: 1 }]);
  }
  return added;
}
