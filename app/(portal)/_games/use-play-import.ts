import { useEffect, useEffectEvent, useReducer } from 'react';
import { isApiError } from '#app/_client/api-fetch.ts';
import { importPlayFile } from '#app/_client/play-import.ts';
import type { GameParams } from '#lib/plays/game-schemas.ts';
import { MAX_PLAY_FILE_BYTES, type PlayImportJson } from '#lib/plays/play-schemas.ts';
import { type ImportEvent, type ImportedFile, type ImportFault, NO_FILES, nextQueue } from './import-queue.ts';
import { checkedPlace, placeOfFile } from './place-of-file.ts';

interface PlayImportOptions {
  /** The game that all files are of; `null` where each says, or is asked for, its own. */
  game: GameParams | null;
  /** The teams of whoever imports, or `ALL`. */
  ownTeams: readonly string[];
  onImported: (outcome: PlayImportJson, game: GameParams, filename: string) => void;
}

const ownFault = (code: string, canRetry = false): ImportFault => ({ code, detail: '', requestId: null, canRetry });

function faultOf(error: unknown): ImportFault {
  if (!isApiError(error)) return ownFault('unreadable', true);
  const { code, detail, request_id: requestId } = error.problem;
  const canRetry = error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
  return { code, detail, requestId, canRetry };
}

/** What is said of a file before it is sent: what is wrong with it, or the game that it is of. */
async function lookAt({ file, game }: ImportedFile, ownTeams: readonly string[]): Promise<ImportEvent> {
  if (file.size === 0) return { kind: 'failed', fault: ownFault('empty') };
  if (file.size > MAX_PLAY_FILE_BYTES) return { kind: 'failed', fault: ownFault('too_large') };
  try {
    // A folder, or a file that has gone since, is a file like another until it is read.
    await file.slice(0, 1).arrayBuffer();
    if (game) return { kind: 'placed', game };
    const text = file.name.toLowerCase().endsWith('.json') ? await file.text() : null;
    const place = placeOfFile(file.name, text, ownTeams);
    const said = checkedPlace(place).game;
    return said ? { kind: 'placed', game: said } : { kind: 'unplaced', place };
  } catch {
    return { kind: 'failed', fault: ownFault('unreadable', true) };
  }
}

/** Does what the first file's step asks for. */
async function work(current: ImportedFile, ownTeams: readonly string[], signal: AbortSignal) {
  const { file, game, isConfirmed, step } = current;
  if (step.kind === 'looking') return lookAt(current, ownTeams);
  if (!game || (step.kind !== 'reading' && step.kind !== 'importing')) return null;
  const isDry = step.kind === 'reading';
  const outcome = await importPlayFile(file, { game, isDry, isConfirmed: isConfirmed && !isDry, signal });
  return { kind: 'read', outcome } as const;
}

/** Files of plays on their way into games: looked at, shown with what they change, and imported when that is wished. */
export function usePlayImport({ game, ownTeams, onImported }: PlayImportOptions) {
  const [queue, tell] = useReducer(nextQueue, NO_FILES);
  const [current] = queue.files;
  const isBusy = current !== undefined && ['looking', 'reading', 'importing'].includes(current.step.kind);

  const go = useEffectEvent(async (signal: AbortSignal) => {
    if (!current) return;
    try {
      const done = await work(current, ownTeams, signal);
      if (!done || signal.aborted) return;
      if (done.kind !== 'read' || current.step.kind !== 'importing') return tell(done);
      tell({ kind: 'ended' });
      if (current.game) onImported(done.outcome, current.game, current.file.name);
    } catch (error) {
      if (!signal.aborted) tell({ kind: 'failed', fault: faultOf(error) });
    }
  });
  const [id, step] = [current?.id, current?.step.kind];
  useEffect(() => {
    if (id === undefined || step === undefined) return;
    const abort = new AbortController();
    void go(abort.signal);
    return () => abort.abort();
  }, [id, step]);

  return {
    ...{ current, isBusy, tell },
    waiting: Math.max(0, queue.files.length - 1),
    add: (files: readonly File[]) => tell({ kind: 'dropped', files, game }),
  };
}
export type PlayImport = ReturnType<typeof usePlayImport>;
