import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encoderThreads } from '#lib/media/cut/threads.ts';
import type { CardText, FilmNote } from '#lib/media/reel-work.ts';
import { type LoopbackSource, serveSource } from '#lib/media/tools/loopback-source.ts';
import { runTool } from '#lib/media/tools/run-ffmpeg.ts';
import type { ByteSource } from '#lib/storage/port/byte-source.ts';
import { cardSvg, noteSvg } from './cards.ts';
import { filmArgs, framesOfPiece, joinArgs, type Piece } from './film-args.ts';
import { chooseFrame, type FilmFrame, fitted, placeNotes, secondsOf } from './film-plan.ts';
import type { FoundPiece } from './find-item.ts';
import { renderSvg } from './render-svg.ts';

/** A clip of a film, with what is shown before it and in it. */
export interface FilmScene extends FoundPiece {
  source: ByteSource;
  card: CardText | null;
  notes: readonly FilmNote[];
}

export interface FilmRequest {
  /** At least one. */
  scenes: readonly FilmScene[];
  /** The card that the film begins with. */
  card: CardText | null;
  /** An empty folder that the caller owns and removes. */
  workDir: string;
  onProgress(fraction: number): void;
  signal: AbortSignal;
  /** Encoding gives way to all other work of the machine. */
  isPatient: boolean;
}

export interface MadeFilm {
  path: string;
  durationS: number;
  width: number;
  height: number;
}

/** Each clip of a run is open, with decoders of its own, from its beginning to its end. */
const SCENES_A_RUN = 24;
const FILM_FILE = 'film.mp4';

/** Names pictures, and writes them. */
function pictureWriter(workDir: string) {
  let count = 0;
  return async (svg: string): Promise<string> => {
    const name = `picture-${count++}.png`;
    await writeFile(path.join(workDir, name), renderSvg(svg));
    return name;
  };
}

async function piecesOf(
  scene: FilmScene,
  url: string,
  frame: FilmFrame,
  write: (svg: string) => Promise<string>,
): Promise<Piece[]> {
  const { facts, videoIndex, soundIndex, loudness, inS, lengthS } = scene;
  const place = fitted(facts.video, frame.rung);
  const notes = [];
  for (const placed of placeNotes(scene.notes, { inS, lengthS, rate: frame.rate })) {
    notes.push({ ...placed, picture: await write(noteSvg(placed.note, frame.rung, place)) });
  }
  const card: Piece[] = scene.card ? [{ kind: 'card', picture: await write(cardSvg(scene.card, frame.rung)) }] : [];
  const clip = { url, inS, lengthS, video: facts.video, videoIndex, soundIndex, loudness, notes };
  return [...card, { kind: 'clip', ...clip }];
}

interface Run {
  args(): Promise<{ args: string[]; lengthS: number }>;
  loopbacks?: readonly LoopbackSource[];
}

/** Runs ffmpeg, and tells how many seconds of film it has made. */
async function runFilm(request: FilmRequest, { args, loopbacks = [] }: Run, onSeconds: (s: number) => void) {
  const { signal, workDir, isPatient } = request;
  const { args: given, lengthS } = await args();
  try {
    await runTool('ffmpeg', given, {
      ...{ cwd: workDir, signal, isPatient },
      bytesRead: () => loopbacks.reduce((total, loopback) => total + loopback.bytesServed(), 0),
      onStdoutLine: (line) => {
        const made = /^out_time_us=(\d+)$/.exec(line)?.[1];
        if (made !== undefined) onSeconds(Math.min(lengthS, Number(made) / 1e6));
      },
    });
  } catch (error) {
    signal.throwIfAborted();
    throw loopbacks.map((loopback) => loopback.fault()).find((fault) => fault !== undefined) ?? error;
  }
  onSeconds(lengthS);
  return lengthS;
}

/**
 * Makes one MP4 of clips, one after the other: one run of ffmpeg, or for a long reel one for every 24 of them, whose
 * pictures are put together without being encoded again.
 * @throws MediaError, and the signal's reason when aborted.
 */
export async function makeFilm(request: FilmRequest): Promise<MadeFilm> {
  const { scenes, signal, workDir } = request;
  const frame = chooseFrame(scenes);
  const write = pictureWriter(workDir);
  const parts = Array.from({ length: Math.ceil(scenes.length / SCENES_A_RUN) }, (_, i) =>
    scenes.slice(i * SCENES_A_RUN, (i + 1) * SCENES_A_RUN),
  );
  const isOne = parts.length === 1;
  const aboutS = scenes.reduce((total, { lengthS }) => total + lengthS, 0);
  const share = isOne ? 1 : 0.95;
  let doneS = 0;
  for (const [number, part] of parts.entries()) {
    await using opened = new AsyncDisposableStack();
    const loopbacks: LoopbackSource[] = [];
    for (const { source } of part) loopbacks.push(opened.use(await serveSource(source, { signal })));
    const args = async () => {
      const pieces: Piece[] =
        number === 0 && request.card ? [{ kind: 'card', picture: await write(cardSvg(request.card, frame.rung)) }] : [];
      for (const [i, scene] of part.entries()) {
        pieces.push(...(await piecesOf(scene, loopbacks[i]?.url ?? '', frame, write)));
      }
      const lengthS = secondsOf(
        pieces.reduce((total, piece) => total + framesOfPiece(piece, frame.rate), 0),
        frame.rate,
      );
      const output = isOne ? FILM_FILE : `part-${number}.mov`;
      return { lengthS, args: filmArgs(pieces, frame, { output, isPart: !isOne, threads: encoderThreads() }) };
    };
    const before = doneS;
    doneS += await runFilm(request, { args, loopbacks }, (s) =>
      request.onProgress(Math.min(share, ((before + s) / aboutS) * share)),
    );
  }
  if (!isOne) {
    await writeFile(path.join(workDir, 'parts.txt'), parts.map((_, i) => `file part-${i}.mov\n`).join(''));
    const args = async () => ({ args: joinArgs('parts.txt', FILM_FILE), lengthS: doneS });
    await runFilm(request, { args }, (s) => request.onProgress(share + (1 - share) * (s / doneS)));
  }
  const { width, height } = frame.rung;
  return { path: path.join(workDir, FILM_FILE), durationS: doneS, width, height };
}
