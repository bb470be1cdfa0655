import { recall } from '#app/_client/remembered.ts';
import { makeVideo } from '#app/(portal)/watch/_components/begun-store.ts';
import type { FilmElement } from '#app/(portal)/watch/_components/film-element.ts';
import { speedOf } from '#app/(portal)/watch/_components/frame-steps.ts';
import { playAsAllowed } from '#app/(portal)/watch/_components/play-as-allowed.ts';
import type { ClipStream } from '#app/(portal)/watch/_components/stream-parts.ts';
import type { PlaybackFault } from '#app/(portal)/watch/_components/url-renewal.ts';
import { type DeckItem, endOf } from './deck-item.ts';
import type { StartItem } from './reel-source.ts';
import { StartLead } from './start-lead.ts';
import { watchForOut } from './watch-for-out.ts';

/** Where nobody says how long a frame is there. */
const USUAL_RATE = 30;
/** The picture is drawn with the next frames; what follows is fetched when they have been. */
const SETTLE_MS = 250;

/** Moments this close are the same. */
const SAME_S = 0.02;

/** What is known of what plays. */
export interface DeckState {
  itemId: string | null;
  /** Whether a picture of the item is on screen. */
  hasPicture: boolean;
  fault: PlaybackFault | null;
  /** The last item has been played to its end. */
  isOver: boolean;
  isSilenced: boolean;
  framesPerSecond: number | null;
  /** Grows as the elements change places. */
  turn: number;
}

interface Slot {
  video: FilmElement;
  item: DeckItem | null;
  stream: ClipStream | null;
  framesPerSecond: number | null;
  fault: PlaybackFault | null;
  hasTold: boolean;
}

interface DeckOptions {
  start: StartItem;
  /** The server's clock, in ms. */
  serverNowMs: () => number;
  /** Told when an item begins to play, once each time that it is shown. */
  onPlaying: (item: DeckItem) => void;
}

const hasFrame = ({ readyState, seeking }: HTMLVideoElement): boolean =>
  readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && !seeking;

/** Once what is changed now is on screen. */
function afterPaint(run: () => void): void {
  if (document.hidden) setTimeout(run);
  else requestAnimationFrame(() => setTimeout(run));
}

/** Stands at the beginning of its item. */
function rewind({ video, item }: Pick<Slot, 'video' | 'item'>): void {
  video.pause();
  if (item && Math.abs(video.currentTime - item.inS) > SAME_S) video.currentTime = item.inS;
}

/**
 * Plays one item after the other without a gap. There are two elements in one place: while one plays, the other has the next
 * item's first frame ready, behind it; it is begun as long before the end as a browser takes to begin, and at the end they
 * change places. What is asked for otherwise comes the same way: what is on screen stays until there is something better to
 * see.
 */
export class ReelDeck {
  readonly #options: DeckOptions;
  readonly #slots: [Slot, Slot];
  readonly #leaving = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #lead = new StartLead();
  /** Whether the listeners are told a little later. */
  #isHeld = false;
  #front = 0;
  #items: readonly DeckItem[] = [];
  /** What is to come to the front once it has a picture, and whether it plays then. */
  #wanted: { id: string; plays: boolean } | null = null;
  #ahead: ReturnType<typeof setTimeout> | undefined;
  /** Whether items are played past their ends: somebody is about to set those. */
  #isFree = false;
  #state: DeckState = {
    itemId: null,
    hasPicture: false,
    fault: null,
    isOver: false,
    isSilenced: false,
    framesPerSecond: null,
    turn: 0,
  };

  constructor(container: HTMLElement, options: DeckOptions) {
    this.#options = options;
    this.#slots = [this.#makeSlot(), this.#makeSlot()];
    for (const { video } of this.#slots) container.prepend(video);
    this.#tell({});
  }

  /** The element on screen. */
  get video(): FilmElement {
    return this.#slot.video;
  }

  get item(): DeckItem | null {
    return this.#slot.item;
  }

  get state(): DeckState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes another order, other trims, other items. What plays goes on as long as it is among them. */
  setItems(items: readonly DeckItem[]): void {
    this.#items = items;
    for (const slot of this.#slots) {
      slot.item = items.find(({ id }) => id === slot.item?.id) ?? slot.item;
    }
    const { item } = this.#slot;
    const isThere = item !== null && items.some(({ id }) => id === item.id);
    const [first] = items;
    if (!isThere && !this.#wanted && first) this.show(first.id, item !== null && this.#plays);
    else this.#fetchAhead();
  }

  /** @param isFree whether items are played past their ends. */
  setFree(isFree: boolean): void {
    this.#isFree = isFree;
  }

  /** Shows an item from where it begins, and plays it if it is to; else it stands. */
  show(id: string, plays: boolean): void {
    const item = this.#items.find((each) => each.id === id);
    if (!item) return;
    this.#tell({ isOver: false });
    if (this.#slot.item?.id === id && !this.#wanted) {
      this.video.currentTime = item.inS;
      if (plays) this.play();
      else this.video.pause();
      return;
    }
    this.#wanted = { id, plays };
    clearTimeout(this.#ahead);
    const back = this.#back;
    if (back.item?.id !== id) this.#load(back, item);
    else if (back.video.paused) rewind(back);
    this.#changeIfReady();
    // Whoever asks for another picture does not mean this one any more.
    if (this.#wanted && this.#slot.item) this.video.pause();
  }

  /** The item so many places on; none beyond the ends. Answers whether there is one. */
  step(by: 1 | -1, plays = this.#plays): boolean {
    const at = this.#items.findIndex(({ id }) => id === (this.#wanted?.id ?? this.#slot.item?.id));
    const next = this.#items[at + by];
    if (next) this.show(next.id, plays);
    return next !== undefined;
  }

  play(): void {
    const { item } = this.#slot;
    if (item && (this.#state.isOver || this.video.currentTime >= endOf(item) - SAME_S))
      this.video.currentTime = item.inS;
    this.#tell({ isOver: false });
    void playAsAllowed(this.video).then((isSilenced) => isSilenced && this.#tell({ isSilenced }));
  }

  toggle(): void {
    // What is on screen gives way: it is meant for what comes.
    if (this.#wanted) this.#wanted = { ...this.#wanted, plays: !this.#wanted.plays };
    else if (this.video.paused) this.play();
    else this.video.pause();
  }

  retry(): void {
    this.#slot.stream?.retry();
  }

  stop(): void {
    clearTimeout(this.#ahead);
    this.#leaving.abort();
    for (const { video, stream } of this.#slots) {
      stream?.stop();
      video.remove();
    }
  }

  /** Whether it plays, or will once what is wanted has a picture. */
  get #plays(): boolean {
    return this.#wanted?.plays ?? !this.video.paused;
  }

  /** What follows the item on screen. */
  get #next(): DeckItem | undefined {
    const at = this.#items.findIndex(({ id }) => id === this.#slot.item?.id);
    return this.#items[at + 1];
  }

  get #slot(): Slot {
    return this.#slots[this.#front === 0 ? 0 : 1];
  }

  get #back(): Slot {
    return this.#slots[this.#front === 0 ? 1 : 0];
  }

  #tell(news: Partial<DeckState>): void {
    const { item, framesPerSecond, fault, video } = this.#slot;
    const itemId = this.#wanted?.id ?? item?.id ?? null;
    this.#state = { ...this.#state, itemId, framesPerSecond, fault, hasPicture: video.readyState >= 2, ...news };
    for (const each of this.#slots) each.video.toggleAttribute('data-front', each === this.#slot);
    if (!this.#isHeld) this.#announce();
  }

  #announce(): void {
    for (const listener of this.#listeners) listener();
  }

  #makeSlot(): Slot {
    const video = makeVideo();
    video.removeAttribute('slot');
    const slot: Slot = { video, item: null, stream: null, framesPerSecond: null, fault: null, hasTold: false };
    const { signal } = this.#leaving;
    const onPicture = () => this.#changeIfReady();
    for (const name of ['loadeddata', 'seeked', 'canplay']) video.addEventListener(name, onPicture, { signal });
    video.addEventListener('ended', () => this.#onEnd(slot), { signal });
    video.addEventListener('playing', () => this.#onPlaying(slot), { signal });
    video.addEventListener('volumechange', () => !video.muted && this.#tell({ isSilenced: false }), { signal });
    // What is about to end does not, after all.
    for (const name of ['pause', 'seeking']) {
      video.addEventListener(name, () => slot === this.#slot && !this.#wanted && rewind(this.#back), { signal });
    }
    const frameS = () => 1 / (slot.framesPerSecond ?? USUAL_RATE);
    // Its own end as well: `ended` comes when all of the sound has been heard, and only then.
    const outS = () => (this.#isFree || !slot.item ? null : endOf(slot.item));
    const nearS = () => {
      const endS = outS();
      return endS === null ? null : endS - this.#lead.leastS * video.playbackRate;
    };
    for (const watch of [
      { outS: nearS, frameS, onOut: () => this.#begin(slot) },
      { outS, frameS, onOut: () => this.#onEnd(slot) },
    ])
      signal.addEventListener('abort', watchForOut(video, watch));
    return slot;
  }

  #load(slot: Slot, item: DeckItem): void {
    slot.stream?.stop();
    Object.assign(slot, { item, framesPerSecond: null, fault: null, hasTold: false, stream: null });
    const isCurrent = () => slot.item?.id === item.id;
    slot.stream = this.#options.start(
      slot.video,
      item,
      { isAhead: true, atS: item.inS },
      {
        onFrameRate: (framesPerSecond) => {
          if (!isCurrent() || !(framesPerSecond > 0)) return;
          slot.framesPerSecond = framesPerSecond;
          this.#tell({});
        },
        onFault: (fault) => {
          if (!isCurrent()) return;
          slot.fault = fault;
          // What cannot be played is shown all the same, with what went wrong.
          if (fault && this.#wanted?.id === item.id) this.#change();
          else this.#tell({});
        },
      },
    );
  }

  #changeIfReady(): void {
    const back = this.#back;
    if (this.#wanted && back.item?.id === this.#wanted.id && (hasFrame(back.video) || !this.#slot.item)) this.#change();
    else this.#tell({});
  }

  /** The elements change places. */
  #change(): void {
    const wanted = this.#wanted;
    const [left, shown] = [this.#slot, this.#back];
    this.#wanted = null;
    this.#front = 1 - this.#front;
    const { video } = shown;
    const rate = left.item ? left.video.playbackRate : speedOf(recall('speed'));
    video.defaultPlaybackRate = rate;
    video.playbackRate = rate;
    if (left.item) {
      video.muted = left.video.muted;
      video.volume = left.video.volume;
    }
    const hasBegun = !video.paused;
    if (wanted?.plays) {
      if (!hasBegun) this.#lead.learnFrom(video);
      void playAsAllowed(video).then((isSilenced) => isSilenced && this.#tell({ isSilenced }));
    } else rewind(shown);
    left.video.pause();
    this.#isHeld = true;
    this.#tell({ turn: this.#state.turn + 1 });
    this.#fetchAhead();
    // Whatever else there is to do would hold the change of pictures up: the page draws itself anew, more is fetched.
    const { stream } = shown;
    afterPaint(() => {
      this.#isHeld = false;
      if (shown.stream === stream && !this.#leaving.signal.aborted) stream?.goOn(this.#options.serverNowMs);
      this.#announce();
      if (hasBegun) this.#onPlaying(shown);
    });
  }

  /** Makes what comes next ready, once what has just come is on screen. */
  #fetchAhead(): void {
    clearTimeout(this.#ahead);
    this.#ahead = setTimeout(() => {
      if (this.#wanted) return;
      const next = this.#next;
      const back = this.#back;
      if (next && back.item?.id !== next.id) this.#load(back, next);
      else if (next && back.video.paused) rewind(back);
    }, SETTLE_MS);
  }

  /** Begins what comes next behind what is about to end, unheard. */
  #begin(slot: Slot): void {
    const back = this.#back;
    if (slot !== this.#slot || this.#wanted || !this.#next || back.item?.id !== this.#next.id) return;
    if (!back.video.paused || !hasFrame(back.video)) return;
    back.video.playbackRate = slot.video.playbackRate;
    back.video.muted = true;
    // A browser that forbids it is asked once more at the end.
    void back.video.play().catch(() => {});
  }

  #onPlaying(slot: Slot): void {
    if (slot !== this.#slot || !slot.item) return;
    this.#tell({ isOver: false });
    if (slot.hasTold) return;
    slot.hasTold = true;
    this.#options.onPlaying(slot.item);
  }

  #onEnd(slot: Slot): void {
    if (slot !== this.#slot || this.#wanted || this.#isFree) return;
    if (this.step(1, true)) return;
    slot.video.pause();
    this.#tell({ isOver: true });
  }
}
