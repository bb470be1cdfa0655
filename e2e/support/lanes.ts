/** The portals that a run starts: a project of Playwright's goes to one of them. */
export const LANES = ['film', 'portal', 'http', 'processes'] as const;

export interface LaneOptions {
  lane: (typeof LANES)[number];
}

/** Where the state of a lane's portal is kept, for the processes of the tests; `HEARTBEAT_E2E_STATE` is what they read. */
export const laneVariable = (lane: LaneOptions['lane']): string => `HEARTBEAT_E2E_STATE_${lane.toUpperCase()}`;
