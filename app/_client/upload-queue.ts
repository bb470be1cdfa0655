import type { MasterJson } from '#lib/masters/master-schemas.ts';
import { cleanedFilename, faultUnderName } from './upload-file-checks.ts';
import {
  isActive,
  isBarred,
  isEditable,
  masterRequest,
  sameFile,
  targetOf,
  type UploadFields,
  type UploadItem,
  type UploadProblem,
} from './upload-item.ts';
import { blankUpload, UploadItems } from './upload-items.ts';
import type { UploadMemory } from './upload-memory.ts';
import { runUpload, type UploadPort } from './upload-run.ts';
import { TakenLookups } from './upload-taken.ts';

/** How many files go out at once: more would only share the same line. */
const MAX_AT_ONCE = 2;

/** How far an upload goes before its place is written down again; the store knows it to the byte anyway. */
const REMEMBER_EVERY_BYTES = 32 * 1024 ** 2;

/** What nothing moves of. */
const AT_REST = { bytesPerSecond: null, isRetrying: false } as const;

/** The uploads of this tab, in the order in which they were added. Framework-free: subscribe and take snapshots. */
export class UploadQueue {
  readonly #port: UploadPort;
  readonly #memory: UploadMemory;
  readonly #running = new Map<string, AbortController>();
  readonly #items: UploadItems;
  readonly #lookups: TakenLookups;
  #count = 0;

  constructor(port: UploadPort, memory: UploadMemory) {
    this.#port = port;
    this.#memory = memory;
    this.#items = new UploadItems(
      memory.list().map(({ fingerprint, fields, masterId, storedBytes }) => ({
        ...blankUpload(this.#nextId(), fingerprint, fields),
        phase: 'file_needed',
        masterId,
        storedBytes,
      })),
    );
    this.#lookups = new TakenLookups(this.#items, (body) => port.findTaken(body));
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#items.subscribe(listener);

  readonly snapshot = (): readonly UploadItem[] => this.#items.all;

  get isBusy(): boolean {
    return this.#items.all.some(isActive);
  }

  /** Takes files in. One that was begun earlier goes on where the store stands; the same file twice is one. */
  async add(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const { name, size, lastModified } = file;
      const fingerprint = { name, size, lastModified };
      const known = this.#items.all.find((item) => sameFile(item.fingerprint, fingerprint));
      if (known?.phase === 'file_needed') this.#items.change(known.id, { file, phase: 'waiting', problem: null });
      if (known) continue;
      const item = { ...blankUpload(this.#nextId(), fingerprint, this.#port.fieldsOf(file)), file };
      const fileFault = await this.#port.check(file);
      this.#items.append({ ...item, fileFault });
      void this.#lookups.now(item.id);
    }
    this.#pump();
  }

  edit(id: string, fields: Partial<UploadFields>): void {
    const item = this.#items.find(id);
    if (!item || !isEditable(item)) return;
    const corrected = { ...item.fields, ...fields };
    const fileFault = faultUnderName(item.fileFault, corrected.filename.trim());
    this.#items.change(id, { fields: corrected, fileFault, phase: 'draft', problem: null });
    this.#lookups.soon(id);
  }

  /** Takes the cleaned name that was offered for one that the lake refuses. */
  takeCleanedName(id: string): void {
    const item = this.#items.find(id);
    const filename = item && cleanedFilename(item.fingerprint.name, item.fileFault);
    if (filename) this.edit(id, { filename });
  }

  /** Gives team, season and game of one file to every other that can still be corrected. */
  applyToAll(id: string): void {
    const source = this.#items.find(id);
    if (!source) return;
    const { team_code, season, game_id } = source.fields;
    for (const item of this.#items.all) if (item.id !== id) this.edit(item.id, { team_code, season, game_id });
  }

  /** Whether another file of the list wants the same place in the lake. */
  isTargetTaken(item: UploadItem): boolean {
    const target = targetOf(item.fields);
    return this.#items.all.some((other) => other.id !== item.id && targetOf(other.fields) === target);
  }

  canStart(item: UploadItem): boolean {
    const isSound = item.phase === 'draft' && item.file !== null && item.fileFault === null;
    return isSound && !isBarred(item) && masterRequest(item).faults === null && !this.isTargetTaken(item);
  }

  /** Starts every draft that is complete. */
  startAll(): void {
    for (const item of this.#items.all) {
      if (this.canStart(item)) this.#items.change(item.id, { phase: 'waiting', problem: null });
    }
    this.#pump();
  }

  pause(id: string): void {
    const phase = this.#items.find(id)?.phase;
    if (phase !== 'waiting' && phase !== 'uploading') return;
    this.#items.change(id, { ...AT_REST, phase: 'paused' });
    this.#running.get(id)?.abort();
    this.#keep(id);
  }

  /** Goes on after a pause or a failure, from what the store has. */
  resume(id: string): void {
    const item = this.#items.find(id);
    if (!item?.file || !(item.phase === 'paused' || (item.phase === 'failed' && item.problem?.canRetry))) return;
    this.#items.change(id, { phase: 'waiting', problem: null });
    this.#pump();
  }

  /** Stops an upload for good and takes back what the server knows of it. A finished one only leaves the list. */
  async cancel(id: string): Promise<void> {
    const item = this.#items.find(id);
    if (!item || item.phase === 'checking') return;
    this.#items.remove(id);
    this.#running.get(id)?.abort();
    if (item.masterId && item.phase !== 'ready') await this.#takeBack(item.masterId);
    this.#pump();
  }

  #nextId(): string {
    this.#count += 1;
    return `upload-${this.#count}`;
  }

  #pump(): void {
    for (const item of this.#items.all) {
      if (this.#running.size >= MAX_AT_ONCE) return;
      if (item.phase === 'waiting' && !this.#running.has(item.id)) void this.#run(item.id);
    }
  }

  async #run(id: string): Promise<void> {
    const abort = new AbortController();
    this.#running.set(id, abort);
    try {
      await this.#upload(id, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(id, this.#port.problemOf(error));
    } finally {
      this.#running.delete(id);
      this.#pump();
    }
  }

  async #upload(id: string, signal: AbortSignal): Promise<void> {
    const item = this.#items.find(id);
    const body = item ? masterRequest(item).body : null;
    if (!item?.file || !body) return;
    const { file } = item;
    this.#items.change(id, { phase: 'uploading' });
    const master = await runUpload(
      this.#port,
      { body, file, signal },
      {
        opened: (masterId) => this.#opened(id, masterId),
        progress: (storedBytes, bytesPerSecond, isRetrying) =>
          this.#progress(id, { storedBytes, bytesPerSecond, isRetrying }),
        checking: () => this.#items.change(id, { ...AT_REST, phase: 'checking', storedBytes: file.size }),
      },
    );
    this.#memory.forget(master.id);
    if (master.status === 'ready') this.#items.change(id, { phase: 'ready', masterId: master.id });
    else this.#fail(id, refusalOf(master));
  }

  /** An upload that was cancelled while the server opened it is taken back at once. */
  #opened(id: string, masterId: string): void {
    if (!this.#items.find(id)) void this.#takeBack(masterId);
    this.#items.change(id, { masterId });
    this.#keep(id);
  }

  #progress(id: string, now: Pick<UploadItem, 'storedBytes' | 'bytesPerSecond' | 'isRetrying'>): void {
    const before = this.#items.find(id)?.storedBytes ?? 0;
    this.#items.change(id, now);
    const steps = (bytes: number) => Math.floor(bytes / REMEMBER_EVERY_BYTES);
    if (steps(before) !== steps(now.storedBytes)) this.#keep(id);
  }

  #fail(id: string, problem: UploadProblem): void {
    const masterId = this.#items.find(id)?.masterId;
    if (masterId && !problem.canRetry) this.#memory.forget(masterId);
    this.#items.change(id, { ...AT_REST, phase: 'failed', problem });
  }

  /** Kept in mind until the server has let go of it, so that nothing half-made is forgotten. */
  async #takeBack(masterId: string): Promise<void> {
    try {
      await this.#port.remove(masterId);
      this.#memory.forget(masterId);
    } catch (error) {
      if (!this.#port.problemOf(error).canRetry) this.#memory.forget(masterId);
    }
  }

  #keep(id: string): void {
    const item = this.#items.find(id);
    if (!item?.masterId) return;
    const { masterId, fingerprint, fields, storedBytes } = item;
    this.#memory.remember({ masterId, fingerprint, fields, storedBytes });
  }
}

const refusalOf = (master: MasterJson): UploadProblem => ({
  code: 'master_failed',
  detail: master.error_message ?? '',
  requestId: null,
  canRetry: false,
});
