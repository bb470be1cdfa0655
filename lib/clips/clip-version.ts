import { createHash } from 'node:crypto';
import type { Clip } from './clip.ts';

type EditableFacts = Pick<
  Clip,
  | 'playerId'
  | 'playerName'
  | 'opponentCode'
  | 'gameDate'
  | 'period'
  | 'eventType'
  | 'outcome'
  | 'zone'
  | 'strength'
  | 'tags'
>;

/**
 * The version of what people may edit: a hash of those facts and the tags, 16 hex digits. Cutting, signing and reading
 * leave it as it is, and a row that HeartBeat's own programs change needs no counter of ours.
 */
export function versionOf(clip: EditableFacts): string {
  const { playerId, playerName, opponentCode, gameDate, period, eventType, outcome, zone, strength } = clip;
  const facts = [playerId, playerName, opponentCode, gameDate, period, eventType, outcome, zone, strength];
  const text = JSON.stringify([facts, clip.tags.toSorted()]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
