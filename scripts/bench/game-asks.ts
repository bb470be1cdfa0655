import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import type { BenchPortal } from './bench-portal.ts';
import { PLACE } from './slices-lake.ts';

/** What parts of this benchmark share: a portal, how to say where they are, and when to stop. */
export interface GameRun {
  bench: BenchPortal;
  say(line: string): void;
  signal: AbortSignal;
}

export const PLACE_QUERY = new URLSearchParams(PLACE).toString();

/** The text of an answer of the API. @throws Error what was answered, unless all went well. */
export async function ask({ bench, signal }: GameRun, path: string, request: RequestInit = {}): Promise<string> {
  const headers = { ...bench.headers, ...(request.headers as Record<string, string>) };
  const response = await fetch(`${bench.portal.url}/api/v2${path}`, { ...request, headers, signal });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
  return text;
}

export async function askJson<T>(run: GameRun, path: string, request?: RequestInit): Promise<T> {
  return JSON.parse(await ask(run, path, request)) as T;
}

export const importGame = (run: GameRun, file: string, query = PLACE_QUERY) =>
  askJson<{ added: number; changed: number; unchanged: number }>(run, `/plays/import?${query}`, {
    ...{ method: 'POST', body: file, headers: { 'content-type': 'text/csv' } },
  });

/** All plays of the game that masters are put there for. */
export const playsOfGame = async (run: GameRun): Promise<PlayJson[]> =>
  (await askJson<{ plays: PlayJson[] }>(run, `/plays?${PLACE_QUERY}&limit=5000`)).plays;
