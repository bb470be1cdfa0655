import type { GameParams } from '#lib/plays/game-schemas.ts';
import type { PlayImportJson } from '#lib/plays/play-schemas.ts';
import type { FilePlace } from './place-of-file.ts';

/** Why a file could not be read or imported. */
export interface ImportFault {
  code: string;
  /** In the server's words; empty for what the browser found, which has its own in the catalogue. */
  detail: string;
  requestId: string | null;
  /** Whether the same again may go well. */
  canRetry: boolean;
}

export type ImportStep =
  /** Looked at before a byte is sent. */
  | { kind: 'looking' }
  /** Asked which game it is of. */
  | { kind: 'placing'; place: FilePlace }
  /** What it would change is asked for. */
  | { kind: 'reading' }
  /** What it would change is on screen. */
  | { kind: 'shown'; outcome: PlayImportJson }
  | { kind: 'importing'; outcome: PlayImportJson }
  | { kind: 'failed'; fault: ImportFault; again: Exclude<ImportStep, { kind: 'failed' }> };

export interface ImportedFile {
  /** Counts the files of a visit. */
  id: number;
  file: File;
  game: GameParams | null;
  step: ImportStep;
  /** The second word: it is of another game, and meant all the same. */
  isConfirmed: boolean;
}

/** Files one after the other, the first of them in work. */
export interface ImportQueue {
  files: readonly ImportedFile[];
  /** How many there ever were. */
  count: number;
}

export const NO_FILES: ImportQueue = { files: [], count: 0 };

export type ImportEvent =
  | { kind: 'dropped'; files: readonly File[]; game: GameParams | null }
  | { kind: 'placed'; game: GameParams }
  | { kind: 'unplaced'; place: FilePlace }
  | { kind: 'read'; outcome: PlayImportJson }
  | { kind: 'confirmed'; isConfirmed: boolean }
  | { kind: 'started' }
  | { kind: 'failed'; fault: ImportFault }
  | { kind: 'again' }
  /** Imported, or left out. */
  | { kind: 'ended' }
  | { kind: 'closed' };

/** A file that turns out to be of another game is shown with what speaks for that, not as a fault. */
const failed = (current: ImportedFile, fault: ImportFault): ImportStep => {
  const { step } = current;
  if (fault.code === 'wrong_game') return { kind: 'reading' };
  return step.kind === 'failed' ? { ...step, fault } : { kind: 'failed', fault, again: step };
};

function changed(current: ImportedFile, event: ImportEvent): ImportedFile {
  const { step } = current;
  switch (event.kind) {
    case 'placed':
      return { ...current, game: event.game, isConfirmed: false, step: { kind: 'reading' } };
    case 'unplaced':
      return { ...current, game: null, step: { kind: 'placing', place: event.place } };
    case 'read':
      return { ...current, step: { kind: 'shown', outcome: event.outcome } };
    case 'confirmed':
      return { ...current, isConfirmed: event.isConfirmed };
    case 'started':
      return step.kind === 'shown' ? { ...current, step: { kind: 'importing', outcome: step.outcome } } : current;
    case 'failed':
      return { ...current, step: failed(current, event.fault) };
    case 'again':
      return step.kind === 'failed' ? { ...current, step: step.again } : current;
    default:
      return current;
  }
}

/** What becomes of the files when something happens to the first of them, or more are dropped. */
export function nextQueue(queue: ImportQueue, event: ImportEvent): ImportQueue {
  if (event.kind === 'closed') return { ...queue, files: [] };
  if (event.kind === 'ended') return { ...queue, files: queue.files.slice(1) };
  if (event.kind === 'dropped') {
    const added = event.files.map((file, index): ImportedFile => {
      return { id: queue.count + index, file, game: event.game, step: { kind: 'looking' }, isConfirmed: false };
    });
    return { files: [...queue.files, ...added], count: queue.count + added.length };
  }
  const [current, ...others] = queue.files;
  return current ? { ...queue, files: [changed(current, event), ...others] } : queue;
}

/** Whether an import changes anything. */
export const changesPlays = ({ added, changed: differ, removed }: PlayImportJson): boolean =>
  added + differ + removed > 0;

/** Whether the file that is shown may be imported: what speaks for another game wants a second word. */
export const mayImport = ({ step, isConfirmed }: ImportedFile): boolean =>
  step.kind === 'shown' && (step.outcome.disagreements.length === 0 || isConfirmed);
