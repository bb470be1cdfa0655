/** Which game, as its address names it. */
export interface GameName {
  team_code: string;
  season: string;
  game_id: string;
}

/** A game's page; `query` is what it shows, without `?`. */
export const gameHref = ({ team_code, season, game_id }: GameName, query = ''): string => {
  const path = `/games/${[team_code, season, game_id].map(encodeURIComponent).join('/')}`;
  return query ? `${path}?${query}` : path;
};
