import type { Query, QueryClient } from '@tanstack/react-query';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';
import type { StreamedEventJson } from '#lib/events/event-schemas.ts';
import type { ReelExportJson } from '#lib/reel-exports/export-schemas.ts';
import { WEBHOOK_EVENTS } from '#lib/webhooks/webhook-schemas.ts';
import { isApiError } from './api-fetch.ts';
import { writeClips } from './clip-mutations.ts';
import { fetchClip } from './clip-queries.ts';
import { gameHref } from './game-href.ts';
import { queryKeys } from './query-keys.ts';
import { clipsOf, hasUnfinished } from './unfinished.ts';

/** What comes in one burst is asked for in one go. */
const GATHER_MS = 150;
/** Clips come and go in bursts, and a game's plays are thousands: those that say which clip they are in are asked for so often. */
const PLAYS_EVERY_MS = 2000;
/** What is imported, or tied, is asked for at once, and no more often than so. */
const GAMES_EVERY_MS = 1000;
/** More than this at once, and whole lists are asked for instead. */
const MAX_FETCHED = 12;

const isOfClips = ({ queryKey }: Query): boolean => queryKey[0] === 'clips' || queryKey[3] === 'clips';

/** What changes which clip a play is in. */
const CLIPS_OF_PLAYS: ReadonlySet<string> = new Set(['clip.created', 'clip.deleted', 'clip.restored']);

const isToldByWebhooks = (type: string): boolean => (WEBHOOK_EVENTS as readonly string[]).includes(type);

type GameEvent = Extract<StreamedEventJson, { game_id: string }>;
type NoteEvent = Extract<StreamedEventJson, { note_id: string }>;
type FilmEvent = Extract<StreamedEventJson, { export_id: string }>;

/** Where a note is seen, as a query asks for notes: on its clip, its film, or in a reel. */
function noteKey({ reel_id, clip_id, master_id }: NoteEvent): readonly string[] {
  if (reel_id !== null) return queryKeys.notes('reels', reel_id);
  return clip_id === null ? queryKeys.notes('masters', String(master_id)) : queryKeys.notes('clips', clip_id);
}

/** Whether plays that are asked for like this may be the game's. */
function isOfGame(text: string, game: GameEvent): boolean {
  const asked = new URLSearchParams(text);
  const ofIt = (name: 'team_code' | 'season' | 'game_id') =>
    !asked.has(name) || asked.getAll(name).includes(game[name]);
  return ofIt('team_code') && ofIt('season') && ofIt('game_id');
}

/** Carries what the stream tells into the query cache. Rows change where they stand; nothing moves by itself. */
export class LiveCache {
  readonly #client: QueryClient;
  readonly #changed = new Set<string>();
  readonly #gone = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #playsTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #games = new Map<string, GameEvent>();
  #gamesTimer: ReturnType<typeof setTimeout> | undefined;
  #gamesAskedAtMs = Number.NEGATIVE_INFINITY;
  #reelsTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #noted = new Map<string, readonly string[]>();
  #notesTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  hear(event: StreamedEventJson): void {
    if (event.type === 'place') return;
    if (event.type === 'reset') return void this.#client.invalidateQueries();
    // A webhook may have been sent it.
    if (isToldByWebhooks(event.type)) void this.#client.invalidateQueries({ queryKey: queryKeys.allDeliveries });
    if ('game_id' in event) return void this.#gameChanged(event);
    if ('note_id' in event) return void this.#askForNotes(noteKey(event));
    if ('export_id' in event) return void this.#filmChanged(event);
    if ('reel_id' in event) return void this.#reelChanged(event.reel_id);
    if ('master_id' in event) return void this.#client.invalidateQueries({ queryKey: queryKeys.masters });
    if (event.type === 'clip.progress') return void this.#progressed(event);
    if (CLIPS_OF_PLAYS.has(event.type)) this.#playsTimer ??= setTimeout(() => this.#askForPlays(), PLAYS_EVERY_MS);
    if (event.type === 'clip.created') this.#appeared();
    else if (event.type === 'clip.deleted') this.#gone.add(event.clip_id);
    else this.#changed.add(event.clip_id);
    this.#timer ??= setTimeout(() => void this.#flush(), GATHER_MS);
  }

  /** Asks again after everything on the screen that is still being made: for when nobody tells. */
  catchUp(): void {
    void this.#client.refetchQueries({ type: 'active', predicate: hasUnfinished });
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#playsTimer);
    clearTimeout(this.#gamesTimer);
    clearTimeout(this.#reelsTimer);
    clearTimeout(this.#notesTimer);
  }

  #gameChanged(event: GameEvent): void {
    this.#games.set(`${event.type} ${gameHref(event)}`, event);
    const waitMs = Math.max(GATHER_MS, this.#gamesAskedAtMs + GAMES_EVERY_MS - performance.now());
    this.#gamesTimer ??= setTimeout(() => this.#askForGames(), waitMs);
  }

  /** All that is told of these games, on whichever screen. */
  #askForGames(): void {
    this.#gamesTimer = undefined;
    this.#gamesAskedAtMs = performance.now();
    const games = [...this.#games.values()];
    this.#games.clear();
    const hrefs = new Set(games.map((game) => gameHref(game)));
    void this.#client.invalidateQueries({ queryKey: queryKeys.gameLists });
    for (const href of hrefs) void this.#client.invalidateQueries({ queryKey: queryKeys.game(href) });
    if (games.some(({ type }) => type === 'anchors.changed')) {
      void this.#client.invalidateQueries({ queryKey: queryKeys.allAnchors });
    }
    void this.#client.invalidateQueries({
      predicate: ({ queryKey: [kind, , text] }) =>
        kind === 'plays' && (typeof text !== 'string' || games.some((game) => isOfGame(text, game))),
    });
  }

  #progressed({ clip_id, processing_status, progress }: Extract<StreamedEventJson, { clip_id: string }>): void {
    const known = this.#known(new Set([clip_id]));
    this.#write(known.map((clip) => ({ ...clip, processing_status, progress })));
  }

  /** A note goes with its answers: one burst, and one question for each place. */
  #askForNotes(key: readonly string[]): void {
    this.#noted.set(key.join(' '), key);
    this.#notesTimer ??= setTimeout(() => {
      this.#notesTimer = undefined;
      const keys = [...this.#noted.values()];
      this.#noted.clear();
      for (const queryKey of keys) void this.#client.invalidateQueries({ queryKey });
    }, GATHER_MS);
  }

  /** How far a film is stands in its event; that it is there, or not, is asked for. */
  #filmChanged({ type, export_id, reel_id, status, progress }: FilmEvent): void {
    const queryKey = queryKeys.reelExports(reel_id);
    const films = this.#client.getQueryData<ReelExportJson[]>(queryKey);
    if (type !== 'export.progress' || !films?.some(({ id }) => id === export_id)) {
      return void this.#client.invalidateQueries({ queryKey });
    }
    const told = films.map((film) => (film.id === export_id ? { ...film, status, progress } : film));
    this.#client.setQueryData(queryKey, told);
  }

  /** Whoever looks at a reel sees at once what another does to it, or that it is gone. */
  #reelChanged(reelId: string): void {
    void this.#client.invalidateQueries({ queryKey: queryKeys.reel(reelId) });
    // Other items have other notes.
    this.#askForNotes(queryKeys.notes('reels', reelId));
    this.#reelsTimer ??= setTimeout(() => this.#askForReels(), GATHER_MS);
  }

  #askForReels(): void {
    this.#reelsTimer = undefined;
    void this.#client.invalidateQueries({ queryKey: queryKeys.reelLists });
  }

  #askForPlays(): void {
    this.#playsTimer = undefined;
    void this.#client.invalidateQueries({ queryKey: queryKeys.playLists });
  }

  /** A new clip is in the counts, and below its master; a list that someone reads stays as it is. */
  #appeared(): void {
    void this.#client.invalidateQueries({ queryKey: queryKeys.clipLists, refetchType: 'none' });
    void this.#client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[3] === 'clips' });
  }

  /** The clips of these ids that the cache has, one of each. */
  #known(ids: ReadonlySet<string>): ClipJson[] {
    const found = new Map<string, ClipJson>();
    for (const query of this.#client.getQueryCache().findAll({ predicate: isOfClips })) {
      for (const clip of clipsOf(query.state.data)) if (ids.has(clip.clip_id)) found.set(clip.clip_id, clip);
    }
    return [...found.values()];
  }

  #write(clips: readonly ClipJson[]): void {
    if (clips.length === 0) return;
    writeClips(this.#client, clips);
    const byId = new Map(clips.map((clip) => [clip.clip_id, clip]));
    this.#client.setQueriesData<ClipListJson>(
      { queryKey: queryKeys.masters, predicate: ({ queryKey }) => queryKey[3] === 'clips' },
      (old) => old && { ...old, clips: old.clips.map((clip) => byId.get(clip.clip_id) ?? clip) },
    );
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    const [changed, gone] = [new Set(this.#changed), new Set(this.#gone)];
    this.#changed.clear();
    this.#gone.clear();
    void this.#client.invalidateQueries({ queryKey: queryKeys.allClipFacets });
    const known = this.#known(changed);
    // What is gone is not asked for: the lists are, where it stands in one.
    const isShort = this.#known(gone).length > 0;
    if (isShort || known.length > MAX_FETCHED) return void this.#client.invalidateQueries({ predicate: isOfClips });
    const answers = await Promise.allSettled(known.map((clip) => fetchClip(clip.clip_id)));
    this.#write(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])));
    const isGone = answers.some(
      (answer) => answer.status === 'rejected' && isApiError(answer.reason) && answer.reason.status === 404,
    );
    if (isGone) void this.#client.invalidateQueries({ predicate: isOfClips });
  }
}
