import {
  feetOf,
  MAX_CLOCK_S,
  MAX_VIDEO_S,
  periodOf,
  playerIdOf,
  playerIdsOf,
  secondsOf,
  wordsOf,
} from './plain-values.ts';
import type { Play, PlayLabel } from './play.ts';

/** What a play says, without what a file's reader knows of it. */
type Said = Omit<Play, 'line' | 'source_id' | 'part'>;

/** What a group of labels says of a play, and how a play says it: export and import go by the same table. */
interface LabelGroup {
  group: string;
  write(play: Said): string | null;
  /** `null` where the words are not of this kind: they stay a label. */
  read(text: string): Partial<Play> | null;
}

const given = <F extends keyof Play>(field: F, value: Play[F] | null) =>
  value === null || (Array.isArray(value) && value.length === 0) ? null : ({ [field]: value } as Partial<Play>);

const words = (
  group: string,
  field: 'shorthand' | 'type' | 'outcome' | 'zone' | 'strength' | 'acting_team' | 'player_name',
  max: number,
): LabelGroup => ({
  group,
  write: (play) => play[field],
  read: (text) => (text.length <= max ? { [field]: text } : null),
});

const feet = (group: string, field: 'x_ft' | 'y_ft'): LabelGroup => ({
  group,
  write: (play) => play[field]?.toString() ?? null,
  read: (text) => given(field, feetOf(text)),
});

const ids = (group: string, field: 'named_ids' | 'on_ice' | 'against'): LabelGroup => ({
  group,
  write: (play) => (play[field].length === 0 ? null : play[field].join(', ')),
  read: (text) => given(field, playerIdsOf(text)),
});

const clock = (group: string, field: 'clock_s' | 'end_clock_s'): LabelGroup => ({
  group,
  write: (play) => play[field]?.toString() ?? null,
  read: (text) => {
    const seconds = secondsOf(text);
    return seconds === null || seconds > MAX_CLOCK_S ? null : { [field]: seconds };
  },
});

/** When a play is, in an instance that shows more than it. */
export const MOMENT = 'Moment';

/** By the words that coaches use for them. */
export const LABEL_GROUPS: readonly LabelGroup[] = [
  {
    group: 'Period',
    write: ({ period }) => period?.toString() ?? null,
    read: (text) => given('period', periodOf(text)),
  },
  {
    group: 'Kind',
    write: ({ kind }) => (kind === 'shift' ? kind : null),
    read: (text) => (text === 'shift' ? { kind: 'shift' } : null),
  },
  clock('Clock', 'clock_s'),
  clock('Clock end', 'end_clock_s'),
  // An instance lasts from before its play to after it: this is the play itself (docs/adr/0060).
  {
    group: MOMENT,
    write: () => null,
    read: (text) => {
      const seconds = secondsOf(text);
      return seconds === null || seconds > MAX_VIDEO_S ? null : { video_s: seconds, end_video_s: null };
    },
  },
  words('Team', 'acting_team', 50),
  words('Player', 'player_name', 255),
  {
    group: 'Player id',
    write: ({ player_id }) => player_id,
    read: (text) => given('player_id', playerIdOf(text)),
  },
  words('Shorthand', 'shorthand', 100),
  words('Type', 'type', 50),
  words('Outcome', 'outcome', 50),
  words('Zone', 'zone', 50),
  words('Strength', 'strength', 20),
  feet('X ft', 'x_ft'),
  feet('Y ft', 'y_ft'),
  ids('On ice', 'on_ice'),
  ids('Against', 'against'),
  ids('Named', 'named_ids'),
];

const BY_GROUP: ReadonlyMap<string, LabelGroup> = new Map(LABEL_GROUPS.map((each) => [each.group.toLowerCase(), each]));

/** The play with what its labels say of it; the first of a group counts, and whatever says nothing stays a label. */
export function applyLabels(play: Play, labels: readonly PlayLabel[]): Play {
  const said = new Set<string>();
  const rest: PlayLabel[] = [];
  let read = play;
  for (const label of labels) {
    const known = BY_GROUP.get(label.group?.toLowerCase() ?? '');
    const facts = known && !said.has(known.group) ? known.read(label.text) : null;
    if (known && facts) {
      said.add(known.group);
      read = { ...read, ...facts };
    } else rest.push(label);
  }
  return { ...read, labels: rest.map(({ group, text }) => ({ group, text: wordsOf(text, 255) ?? text })) };
}

/** What a play says, as labels: `applyLabels` makes the same play of them. */
export const labelsOf = (play: Said): PlayLabel[] => [
  ...LABEL_GROUPS.flatMap(({ group, write }) => {
    const text = write(play);
    return text === null ? [] : { group, text };
  }),
  ...play.labels,
];
