import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestAccount } from './accounts.ts';
import { until } from './conditions.ts';
import type { Body, ClipShape } from './contract-shapes.ts';
import { type RunningPortal, readPortalState } from './portal-state.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; `null` when it is not JSON. */
  json: Body;
}

interface CallOptions {
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  rawBody?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

export interface Api {
  call(method: string, pathname: string, options?: CallOptions): Promise<Answer>;
  get(pathname: string): Promise<Answer>;
  post(pathname: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(pathname: string, body: unknown): Promise<Answer>;
  put(pathname: string): Promise<Answer>;
  delete(pathname: string): Promise<Answer>;
}

const parsed = (text: string): Body => {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return null as unknown as Body;
  }
};

/** A client of `/api/v2` with a bearer token, or with none. */
export function apiWith(key: string | null, url: string = readPortalState().url): Api {
  const call: Api['call'] = async (method, pathname, { body, rawBody, headers = {} } = {}) => {
    const hasBody = body !== undefined || rawBody !== undefined;
    const response = await fetch(`${url}/api/v2${pathname}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
        ...headers,
      },
      ...(hasBody ? { body: rawBody ?? JSON.stringify(body) } : {}),
    });
    // A stream of events never ends by itself: its head is the answer (`event-reader.ts` reads the rest).
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (isStream) await response.body?.cancel();
    const text = isStream ? '' : await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  return {
    call,
    get: (pathname) => call('GET', pathname),
    post: (pathname, body, headers = {}) => call('POST', pathname, { body, headers }),
    patch: (pathname, body) => call('PATCH', pathname, { body }),
    put: (pathname) => call('PUT', pathname),
    delete: (pathname) => call('DELETE', pathname),
  };
}

/** The client of an account of the run. */
export function apiOf(account: TestAccount, state: RunningPortal = readPortalState()): Api {
  const key = state.apiKeys[account.email];
  if (!key) throw new Error(`no key of ${account.email}`);
  return apiWith(key, state.url);
}

export interface MasterPlace {
  team_code: string;
  season: string;
  game_id: string;
  period?: number;
}

/** The request that announces a file. */
export const announce = (place: MasterPlace, filename: string, sizeBytes: number) => ({
  ...place,
  filename,
  size_bytes: sizeBytes,
  content_type: 'video/mp4',
});

/** Uploads a file in one request and completes it; the answer of `complete`. */
export async function uploadMaster(api: Api, file: string, place: MasterPlace, filename = path.basename(file)) {
  const bytes = await readFile(file);
  const started = await api.post('/masters', announce(place, filename, bytes.length));
  if (started.status !== 201) throw new Error(`POST /masters: ${started.status} ${started.text}`);
  const stored = await fetch(started.json.upload.url, {
    method: 'PUT',
    headers: { 'Content-Range': `bytes 0-${bytes.length - 1}/${bytes.length}` },
    body: bytes,
  });
  if (stored.status !== 200) throw new Error(`PUT upload.url: ${stored.status} ${await stored.text()}`);
  return {
    id: String(started.json.master.id),
    completed: await api.post(`/masters/${started.json.master.id}/complete`),
  };
}

/** Waits until the worker has cut a clip. Throws with the reason when it failed. */
export const untilReady = (api: Api, clipId: string, timeoutMs = 90_000): Promise<ClipShape> =>
  until(
    async () => {
      const { json } = await api.get(`/clips/${clipId}`);
      if (json.processing_status === 'failed') throw new Error(`${clipId} failed: ${json.error_message}`);
      return json.processing_status === 'ready' && json;
    },
    { what: `clip ${clipId} to be ready`, timeoutMs },
  );

/** The signed URL of a clip's multivariant playlist. */
export const playlistOf = (clip: ClipShape): string => {
  const found = clip.assets.find((asset) => asset.asset_type === 'hls_playlist');
  if (!found) throw new Error(`${clip.clip_id} has no playlist`);
  return found.signed_url;
};
