import { randomUUID } from 'node:crypto';
import { type Naming, namingsOf, PLAIN_PARAMETERS, type Row } from './access-cells.ts';
import { type Caller, MATRIX, type Target, type Targets } from './access-things.ts';
import { playlistOf } from './api.ts';
import type { ApiDocument } from './api-document.ts';

type Json = { [key: string]: unknown };

/** What one cell sends. */
export interface CellRequest {
  method: string;
  path: string;
  body: unknown;
  /** The names in it that are the target's: an answer may repeat them. */
  ids: string[];
}

/** Fields of the document's examples that have to be otherwise in this portal, and so that the rest can be removed. */
const FIELDS: Readonly<Record<string, () => unknown>> = {
  season: () => MATRIX.season,
  name: () => MATRIX.name,
  title: () => MATRIX.name,
  email: () => `${randomUUID()}@${MATRIX.domain}`,
  url: () => MATRIX.url,
  filename: () => `${randomUUID()}.mp4`,
  // The disk store may not have room for a whole game, nor has the library's master so many seconds.
  size_bytes: () => 9,
  start_timecode_s: () => 0,
  at_s: () => 0,
  end_timecode_s: () => 1,
  // Each filter alone.
  filter: () => ({}),
};
/** Parameters that an operation cannot be without, and that name nobody's thing. */
const NEEDED_PARAMETERS: Readonly<Record<string, string>> = {
  ...{ season: MATRIX.season, game_id: '20031' },
  // A time line is of one game, and a table of any.
  format: 'csv',
  table: 'shots',
};
/** Two ways to name the same: an example shows the one, and the master is to be varied by its id. */
const RENAMED: Readonly<Record<string, string>> = { source_gcs_uri: 'master_id' };
/** Fields that exclude each other. */
const INSTEAD_OF: Readonly<Record<string, string>> = { clip_ids: 'filter', play_ids: 'filter' };

function adapted(example: unknown): unknown {
  if (Array.isArray(example)) return example.map(adapted);
  if (example === null || typeof example !== 'object') return example;
  const entries = Object.entries(example).map(([name, value]) => [
    RENAMED[name] ?? name,
    FIELDS[name]?.() ?? adapted(value),
  ]);
  return Object.fromEntries(entries);
}

/** The object that a field stands in. */
const parentOf = (body: unknown, { at }: Naming): Json =>
  at.slice(0, -1).reduce((part, step) => (part as Json)[step] as Json, body as Json);

function put(body: unknown, naming: Naming, value: string | undefined): void {
  const parent = parentOf(body, naming);
  const id = naming.isNumber ? Number(value) : value;
  parent[naming.name] = naming.isList ? [id] : id;
  delete parent[INSTEAD_OF[naming.name] ?? ''];
}

/** Made by nobody: what is not prepared has no other. */
const NO_TOKEN = 'e30.e30';

/** The token of a clip's playlist; for who is not given that, the one of their own clip. */
async function tokenFor({ api }: Caller, clips: Targets | undefined, target: Target): Promise<string> {
  if (!clips) return NO_TOKEN;
  const asked = await api.get(`/clips/${clips[target]}`);
  const { json } = asked.status === 200 ? asked : await api.get(`/clips/${clips.own}`);
  return new URL(playlistOf(json)).searchParams.get('token') ?? '';
}

/** Makes what the cells of a row need; a request for each target. Nobody's other request touches these targets. */
export async function requestsFor(document: ApiDocument, row: Row, caller: Caller) {
  const { operation, naming: varied } = row;
  const { method, path, requestBody, parameters = [] } = operation;
  const namings = namingsOf(document, operation);
  const example = Object.values(requestBody?.content['application/json']?.examples ?? {})[0]?.value;
  const base = adapted(example);
  const isIn = (naming: Naming): boolean => naming.place === 'body' && naming.name in (parentOf(base, naming) ?? {});
  const isVaried = ({ name, at }: Naming) => name === varied?.name && at.join() === varied.at.join();

  const made = new Map<Naming, Targets>();
  const above: Record<string, Targets> = {};
  for (const naming of namings) {
    if (naming.place !== 'path' && !isVaried(naming) && !isIn(naming)) continue;
    const targets = await naming.maker.make(caller, above);
    made.set(naming, targets);
    if (naming.place === 'path') above[naming.name] = targets;
  }

  return async (target: Target): Promise<CellRequest> => {
    // What stands in front of the varied name is the caller's own; what stands below it belongs to it.
    let isBelow = false;
    const ids: string[] = [];
    const query = new URLSearchParams();
    const values: Record<string, string> = { ...PLAIN_PARAMETERS };
    const body = structuredClone(base);
    for (const [naming, targets] of made) {
      isBelow = isVaried(naming) || (isBelow && naming.place === 'path');
      const value = targets[isBelow ? target : 'own'] ?? '';
      if (isBelow) ids.push(value);
      if (naming.place === 'path') values[naming.name] = value;
      else if (naming.at.length > 0) put(body, naming, value);
      else query.set(naming.name, value);
    }
    if (parameters.some(({ name, required }) => name === 'token' && required !== false))
      query.set('token', await tokenFor(caller, above.clip_id, target));
    for (const { name, required } of parameters) {
      const value = NEEDED_PARAMETERS[name];
      if (required && value !== undefined && !query.has(name)) query.set(name, value);
    }
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
    return { method, path: query.size > 0 ? `${filled}?${query}` : filled, body, ids };
  };
}
