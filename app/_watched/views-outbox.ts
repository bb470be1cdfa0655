/** A part as it is told: of a clip, or of an item that a link shows. */
export interface OutgoingPart {
  clip_id?: string | undefined;
  reel_id?: string | null | undefined;
  item_id?: string | undefined;
  from_s: number;
  to_s: number;
  at: string;
  session: string;
}

/** What another page, of another version perhaps, has left in the browser's storage. The server checks what is told. */
interface Kept {
  pass: string | null;
  parts: OutgoingPart[];
}
const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  'pass' in value &&
  (value.pass === null || typeof value.pass === 'string') &&
  'parts' in value &&
  Array.isArray(value.parts);

/** As `crypto.randomUUID`, which is there on https and localhost only. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [0, 8, 12, 16, 20].map((from, at, all) => digits.slice(from, all[at + 1])).join('-');
}

/** As many as one request takes. */
const MOST_AT_ONCE = 100;
/** Older ones are given up for newer ones: a browser has little room. */
const MOST_KEPT = 2000;
const RETRY_MS = 20_000;
const PREFIX = 'heartbeat-views:';

const readKept = (key: string): Kept | null => {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(key) ?? 'null');
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
};

/**
 * What this page has to tell of what was watched. It lies in the browser's storage until the server has it, so that what was
 * watched without a connection is told later, also by another page. The server counts once what it is told twice.
 */
export class ViewsOutbox {
  readonly #key: string;
  readonly #prefix: string;
  readonly #pass: string | null;
  readonly #parts: OutgoingPart[] = [];
  #isSending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param viewer whose they are: nobody else's session tells them.
   * @param pass what a link gave; `null` for whoever is signed in.
   */
  constructor(viewer: string, pass: string | null) {
    this.#prefix = `${PREFIX}${viewer}:`;
    this.#key = this.#prefix + newUuid();
    this.#pass = pass;
  }

  add(part: OutgoingPart): void {
    this.#parts.push(part);
    this.#parts.splice(0, this.#parts.length - MOST_KEPT);
    this.#keep();
    void this.flush();
  }

  /** Tells what there is, the oldest first. */
  async flush(): Promise<void> {
    if (this.#isSending || this.#parts.length === 0) return;
    this.#isSending = true;
    clearTimeout(this.#timer);
    const sent = this.#parts.slice(0, MOST_AT_ONCE);
    const isTold = await tell(sent, this.#pass);
    this.#isSending = false;
    if (!isTold) {
      this.#timer = setTimeout(() => void this.flush(), RETRY_MS);
      return;
    }
    this.#parts.splice(0, sent.length);
    this.#keep();
    if (this.#parts.length > 0) await this.flush();
  }

  /** The page may be gone in a moment. What is told here is told again should it live on: it counts once. */
  leave(): void {
    if (this.#parts.length === 0) return;
    const body = new Blob([bodyOf(this.#parts.slice(0, MOST_AT_ONCE), this.#pass)], { type: 'application/json' });
    navigator.sendBeacon(addressOf(this.#pass), body);
  }

  /** Tells what other pages left behind. */
  async adopt(): Promise<void> {
    for (const key of this.#others()) {
      const kept = readKept(key);
      let isTold = true;
      for (let at = 0; kept && isTold && at < kept.parts.length; at += MOST_AT_ONCE) {
        isTold = await tell(kept.parts.slice(at, at + MOST_AT_ONCE), kept.pass);
      }
      if (isTold) forget(key);
    }
  }

  #others(): string[] {
    try {
      return Object.keys(window.localStorage).filter((key) => key.startsWith(this.#prefix) && key !== this.#key);
    } catch {
      return [];
    }
  }

  #keep(): void {
    try {
      if (this.#parts.length === 0) window.localStorage.removeItem(this.#key);
      else window.localStorage.setItem(this.#key, JSON.stringify({ pass: this.#pass, parts: this.#parts }));
    } catch {
      // Full or forbidden: what is told before the page goes is told all the same.
    }
  }
}

function forget(key: string): void {
  try {
    window.localStorage.removeItem(key);
  } catch {
    // Nothing is kept here.
  }
}

const addressOf = (pass: string | null): string => (pass === null ? '/api/v2/views' : '/api/v2/shared/views');

const bodyOf = (views: readonly OutgoingPart[], pass: string | null): string =>
  JSON.stringify({ ...(pass === null ? {} : { pass }), views, sent_at: new Date().toISOString() });

/** Whether it need not be sent again: it was taken, or never will be. */
async function tell(parts: readonly OutgoingPart[], pass: string | null): Promise<boolean> {
  try {
    const { ok, status } = await fetch(addressOf(pass), {
      ...{ method: 'POST', keepalive: true, headers: { 'content-type': 'application/json' } },
      body: bodyOf(parts, pass),
    });
    return ok || (status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429);
  } catch {
    return false;
  }
}
