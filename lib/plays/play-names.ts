/** The names of a play sequence's rows (Sportlogiq's vocabulary). */
export const PLAY_SEQUENCE_NAMES: ReadonlySet<string> = new Set([
  ...['pass', 'lpr', 'reception', 'carry', 'failedpasslocation', 'puckprotection', 'faceoff', 'block', 'pressure'],
  ...['shot', 'controlledentryagainst', 'dumpout', 'dumpin', 'dumpinagainst', 'check', 'whistle'],
  ...['penalty', 'goal', 'assist', 'controlledbreakout', 'penaltydrawn', 'icing', 'offside', 'receptionprevention'],
  ...['shootout', 'solpr', 'soshot', 'socarry', 'sogoal'],
]);

/** The NHL's `typeDescKey`s (api-web.nhle.com, play-by-play), and what its shootouts are read as. */
export const NHL_NAMES: ReadonlySet<string> = new Set([
  ...['faceoff', 'hit', 'giveaway', 'goal', 'shot-on-goal', 'missed-shot', 'blocked-shot', 'penalty', 'stoppage'],
  ...['period-start', 'period-end', 'shootout-complete', 'game-end', 'takeaway', 'delayed-penalty'],
  ...['failed-shot-attempt', 'soshot', 'sogoal'],
]);
