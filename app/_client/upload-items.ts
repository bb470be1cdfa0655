import type { FileFingerprint, UploadFields, UploadItem } from './upload-item.ts';

/** A file that nothing is known of yet. */
export const blankUpload = (id: string, fingerprint: FileFingerprint, fields: UploadFields): UploadItem => ({
  id,
  file: null,
  fingerprint,
  fields,
  fileFault: null,
  taken: null,
  phase: 'draft',
  storedBytes: 0,
  bytesPerSecond: null,
  isRetrying: false,
  masterId: null,
  problem: null,
});

/** The list behind the queue: immutable snapshots, and everyone who looks on is told of each change. */
export class UploadItems {
  readonly #listeners = new Set<() => void>();
  #all: readonly UploadItem[];

  constructor(all: readonly UploadItem[]) {
    this.#all = all;
  }

  get all(): readonly UploadItem[] {
    return this.#all;
  }

  find(id: string): UploadItem | undefined {
    return this.#all.find((item) => item.id === id);
  }

  append(item: UploadItem): void {
    this.#replace([...this.#all, item]);
  }

  remove(id: string): void {
    this.#replace(this.#all.filter((item) => item.id !== id));
  }

  change(id: string, change: Partial<UploadItem>): void {
    this.#replace(this.#all.map((item) => (item.id === id ? { ...item, ...change } : item)));
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #replace(all: readonly UploadItem[]): void {
    this.#all = all;
    for (const listener of this.#listeners) listener();
  }
}
