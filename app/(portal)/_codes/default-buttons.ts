import { LAG_S, LEAD_S } from '#app/_client/cut-range.ts';
import type { ButtonColor, CodeButton } from '#lib/code-windows/code-window-schemas.ts';

/** Event, key, colour, and seconds before and after, where they are not the usual ones. */
type DefaultButton = readonly [event: string, key: string, color: ButtonColor, leadS?: number, lagS?: number];

/** What coaches mark most: shots first, then the way there, then all else. */
const BUTTONS: readonly DefaultButton[] = [
  ['shot', 'h', 'blue'],
  ['chance', 'q', 'orange', 6, 4],
  ['goal', 'g', 'red', 10, 5],
  ['save', 'a', 'teal'],
  ['zoneentry', 'z', 'green', 4, 6],
  ['zoneexit', 'Shift+z', 'green', 4, 5],
  ['breakout', 'b', 'green', 4, 6],
  ['forecheck', 'Shift+r', 'purple', 3, 6],
  ['takeaway', 'w', 'teal'],
  ['turnover', 'Shift+w', 'yellow'],
  ['faceoff', 'd', 'grey', 2, 6],
  ['check', 'Shift+h', 'grey'],
  ['penalty', 'y', 'pink', 6, 4],
];

/** The buttons of who has no window yet. @param nameOf what an event is called. */
export const defaultButtons = (nameOf: (event: string) => string): CodeButton[] =>
  BUTTONS.map(([event_type, key, color, lead_s = LEAD_S, lag_s = LAG_S]) => ({
    ...{ label: nameOf(event_type), key, color, event_type, lead_s, lag_s, tags: [] },
  }));
