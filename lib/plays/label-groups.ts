import { MAX_CLOCK_S, numberOf, periodOf, playerIdOf, playerIdsOf, secondsOf } from './plain-values.ts';
import type { Play, PlayLabel } from './play.ts';

/** What a group of labels says of a play, and how a play says it: export and import go by the same table. */
interface LabelGroup {
  group: string;
  write(play: Play): string | null;
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
  read: (text) => given(field, numberOf(text)),
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

/** By the words that coaches use for them. */
export const LABEL_GROUPS: readonly LabelGroup[] = [
  {
    group: 'Period',
    write: ({ period }) => period?.toString() ?? null,
    read: (text) => given('period', periodOf(text)),
  },
  clock('Clock', 'clock_s'),
  clock('Clock end', 'end_clock_s'),
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
  return { ...read, labels: rest };
}
