import type { PortalEvent } from './event.ts';

/** A reader who is this far behind is dropped; with its last id it misses nothing when it comes back. */
const MAX_WAITING = 1000;

/** What one listener has still to be sent: bounded, and waited for. */
export class EventInbox {
  readonly #waiting: PortalEvent[] = [];
  #wake: (() => void) | undefined;
  #hasLost = false;
  #hasEnded = false;

  put(event: PortalEvent): void {
    if (this.#waiting.length >= MAX_WAITING) this.end();
    else this.#waiting.push(event);
    this.#wake?.();
  }

  /** Marks that events were missed. */
  lose(): void {
    this.#hasLost = true;
    this.#wake?.();
  }

  end(): void {
    this.#hasEnded = true;
    this.#waiting.length = 0;
    this.#wake?.();
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && !this.#hasLost;
  }

  /** What has come, oldest first, and whether something was missed before it; both are taken. */
  take(): { events: PortalEvent[]; hasLost: boolean } {
    const taken = { events: this.#waiting.splice(0), hasLost: this.#hasLost };
    this.#hasLost = false;
    return taken;
  }

  /** Waits until something has come, but no longer than this. */
  async wait(ms: number): Promise<void> {
    if (this.#hasEnded || !this.isEmpty || ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
