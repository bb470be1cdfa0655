import type { CreateClipBody } from '#app/_client/clip-mutations.ts';
import { type CutRange, type CutRangeFault, faultOfRange } from '#app/_client/cut-range.ts';
import { type FrameRate, parseTimecode } from '#app/_client/timecode.ts';
import { type FactDraft, factsOfDraft } from '#app/(portal)/watch/_components/fact-draft.ts';
import { createClipSchema } from '#lib/clips/clip-schemas.ts';
import { readMasterName } from '#lib/masters/master-name-schemas.ts';
import type { MasterJson } from '#lib/masters/master-schemas.ts';

/** The form that cuts a clip, as typed. */
export interface CutDraft {
  start: string;
  end: string;
  facts: FactDraft;
  /** Separated by commas. */
  tags: string;
}

/** What is wrong with a field: a word of the catalogue (`masters.cut.faults`), or `refused` for a fact. */
export type CutFault = 'timecode' | CutRangeFault | 'tags' | 'refused';
export type CutFaults = Readonly<Record<string, CutFault>>;

/** A fresh form: what the master and its name say is filled in. */
export function draftForMaster(
  master: Pick<MasterJson, 'filename' | 'team_code' | 'period'>,
  empty: FactDraft,
): CutDraft {
  const { gameDate, teams, period } = readMasterName(master.filename);
  const opponent = teams?.includes(master.team_code) ? teams.find((team) => team !== master.team_code) : undefined;
  const knownPeriod = master.period ?? period;
  const facts = {
    ...empty,
    opponent_code: opponent ?? '',
    game_date: gameDate ?? '',
    period: knownPeriod === undefined ? '' : String(knownPeriod),
  };
  return { start: '', end: '', facts, tags: '' };
}

const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);

type CutMaster = Pick<MasterJson, 'id' | 'team_code' | 'season' | 'game_id' | 'duration_s' | 'gaps'>;

function rangeOf(draft: CutDraft, rate: FrameRate, master: CutMaster) {
  const startS = parseTimecode(draft.start, rate);
  const endS = parseTimecode(draft.end, rate);
  const faults: Record<string, CutFault> = {};
  if (startS === null) faults.start = 'timecode';
  if (endS === null) faults.end = 'timecode';
  if (startS === null || endS === null) return { range: null, faults };
  const fault = faultOfRange({ startS, endS }, master);
  return fault ? { range: null, faults: { end: fault } } : { range: { startS, endS }, faults };
}

/** The range that a draft would cut; `null` while its timecodes make none. */
export function rangeOfDraft(draft: CutDraft, rate: FrameRate): CutRange | null {
  const startS = parseTimecode(draft.start, rate);
  const endS = parseTimecode(draft.end, rate);
  return startS !== null && endS !== null && endS > startS ? { startS, endS } : null;
}

const FORM_FIELD_OF: Readonly<Record<string, string>> = { start_timecode_s: 'start', end_timecode_s: 'end' };

/** The form's field that a path of the API (`tags.0`, `start_timecode_s`) belongs to. */
export function formFieldOf(path: string): string {
  const name = path.split('.')[0] ?? '';
  return FORM_FIELD_OF[name] ?? name;
}

/** The body of `POST /clips` for a draft, or what stands in its way, by field of the form. */
export function cutRequest(
  draft: CutDraft,
  master: CutMaster,
  rate: FrameRate,
): { body: CreateClipBody; faults: null } | { body: null; faults: CutFaults } {
  const { range, faults } = rangeOf(draft, rate, master);
  const parsed = createClipSchema.safeParse({
    master_id: master.id,
    team_code: master.team_code,
    season: master.season,
    game_id: master.game_id,
    start_timecode_s: range?.startS ?? 0,
    end_timecode_s: range?.endS ?? 1,
    ...factsOfDraft(draft.facts),
    tags: tagsOf(draft.tags),
  });
  if (parsed.success && range) return { body: parsed.data, faults: null };
  const refused = parsed.success ? [] : parsed.error.issues.map(({ path }) => formFieldOf(String(path[0])));
  const entries = refused.map((field): [string, CutFault] => [field, field === 'tags' ? 'tags' : 'refused']);
  return { body: null, faults: { ...Object.fromEntries(entries), ...faults } };
}
