import type { CreateClipBody } from '#app/_client/clip-mutations.ts';
import type { CutRange } from '#app/_client/cut-range.ts';
import { type FactDraft, factsOfDraft } from '#app/(portal)/watch/_components/fact-draft.ts';
import { createClipSchema } from '#lib/clips/clip-schemas.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import type { MasterJson } from '#lib/masters/master-schemas.ts';

/** What of a master stands in the facts of its clips: what it says of itself, then what its name says. */
export function factsOfMaster({
  filename,
  team_code,
  period,
}: Pick<MasterJson, 'filename' | 'team_code' | 'period'>): Pick<FactDraft, 'opponent_code' | 'game_date' | 'period'> {
  const named = readMasterName(filename);
  const opponent = named.teams?.includes(team_code) ? named.teams.find((team) => team !== team_code) : undefined;
  return {
    opponent_code: opponent ?? '',
    game_date: named.gameDate ?? '',
    period: String(period ?? named.period ?? ''),
  };
}

const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);

/** What a button of a code window says of the clips that it marks; whatever it does not say stands in the form. */
export interface ButtonMark {
  id: string;
  /** How far a clip reaches round the moment of the press. */
  leadS: number;
  lagS: number;
  facts: Partial<FactDraft>;
  tags: readonly string[];
}

interface NewClip {
  range: CutRange;
  facts: FactDraft;
  /** Separated by commas. */
  tags: string;
  moreTags?: readonly string[];
}

/** The body of `POST /clips` for a clip of a master, or the names of the fields that its schema refuses. */
export function newClipBody(
  master: Pick<MasterJson, 'id' | 'team_code' | 'season' | 'game_id'>,
  { range, facts, tags, moreTags = [] }: NewClip,
): { body: CreateClipBody; refused: null } | { body: null; refused: ReadonlySet<string> } {
  const parsed = createClipSchema.safeParse({
    ...{ master_id: master.id, team_code: master.team_code, season: master.season, game_id: master.game_id },
    ...{ start_timecode_s: range.startS, end_timecode_s: range.endS },
    ...factsOfDraft(facts),
    tags: [...tagsOf(tags), ...moreTags],
  });
  if (parsed.success) return { body: parsed.data, refused: null };
  return { body: null, refused: new Set(parsed.error.issues.map(({ path }) => String(path[0]))) };
}
