import type { CreateClipBody } from '#app/_client/clip-mutations.ts';
import { type CutRange, type CutRangeFault, faultOfRange } from '#app/_client/cut-range.ts';
import { type FrameRate, parseTimecode } from '#app/_client/timecode.ts';
import { factsOfMaster, newClipBody } from '#app/(portal)/_masters/new-clip.ts';
import type { FactDraft } from '#app/(portal)/watch/_components/fact-draft.ts';
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
  return { start: '', end: '', facts: { ...empty, ...factsOfMaster(master) }, tags: '' };
}

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
  // Where the timecodes make no range, the facts are looked at all the same: all faults are named at once.
  const { body, refused } = newClipBody(master, { ...draft, range: range ?? { startS: 0, endS: 1 } });
  if (body && range) return { body, faults: null };
  const fields = [...(refused ?? [])].map(formFieldOf);
  const entries = fields.map((field): [string, CutFault] => [field, field === 'tags' ? 'tags' : 'refused']);
  return { body: null, faults: { ...Object.fromEntries(entries), ...faults } };
}
