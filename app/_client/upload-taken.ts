import type { CreateMaster, MasterJson } from '#lib/masters/master-schemas.ts';
import { isEditable, masterRequest, targetOf, type UploadItem } from './upload-item.ts';
import type { UploadItems } from './upload-items.ts';

/**
 * What a game has already of a file that was chosen. `duplicate`, `in_progress` and `master_failed` have its place;
 * `same_size` has another name and as many bytes: it may well be the same file.
 */
export interface TakenPlace {
  kind: 'duplicate' | 'in_progress' | 'master_failed' | 'same_size';
  masterId: string;
  filename: string;
}

const KINDS = { ready: 'duplicate', failed: 'master_failed', uploading: 'in_progress' } as const;

/** What the masters of a game mean for a file that would be one of them. */
export function takenBy(
  masters: readonly Pick<MasterJson, 'id' | 'filename' | 'size_bytes' | 'status'>[],
  { filename, size_bytes }: Pick<CreateMaster, 'filename' | 'size_bytes'>,
): TakenPlace | null {
  const there = masters.find((master) => master.filename === filename);
  // An upload of this very file may go on: the server knows whose it is.
  if (there?.status === 'uploading' && there.size_bytes === size_bytes) return null;
  if (there) return { kind: KINDS[there.status], masterId: there.id, filename };
  const alike = masters.find((master) => master.status === 'ready' && master.size_bytes === size_bytes);
  return alike ? { kind: 'same_size', masterId: alike.id, filename: alike.filename } : null;
}

/** Typing goes on for so long before the portal is asked. */
const PAUSE_MS = 400;

/** Looks whether the place that a file is to have is taken, as soon as the place is known: not at the start. */
export class TakenLookups {
  readonly #items: UploadItems;
  readonly #ask: (body: CreateMaster) => Promise<TakenPlace | null>;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(items: UploadItems, ask: (body: CreateMaster) => Promise<TakenPlace | null>) {
    this.#items = items;
    this.#ask = ask;
  }

  /** After an edit: what was found before is about another place. */
  soon(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#items.change(id, { taken: null });
    this.#timers.set(
      id,
      setTimeout(() => {
        this.#timers.delete(id);
        void this.now(id);
      }, PAUSE_MS),
    );
  }

  async now(id: string): Promise<void> {
    const item = this.#items.find(id);
    const body = item && isAsked(item) ? masterRequest(item).body : null;
    if (!item || !body) return;
    // Whoever cannot be asked now decides when the upload starts.
    const taken = await this.#ask(body).catch(() => null);
    const current = this.#items.find(id);
    if (current && isEditable(current) && targetOf(current.fields) === targetOf(item.fields))
      this.#items.change(id, { taken });
  }
}

const isAsked = (item: UploadItem): boolean => isEditable(item) && item.fileFault === null;
