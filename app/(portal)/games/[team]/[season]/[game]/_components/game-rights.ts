/** What the reader may do on the page of a game; the use-cases decide again. */
export interface GameRights {
  canEditClips: boolean;
  canWatchMasters: boolean;
  canManageMasters: boolean;
  canWritePlays: boolean;
}
