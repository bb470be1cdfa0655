import type { z } from 'zod';
import type { Action } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import type { IdempotentRequest } from './idempotency-key.ts';
import type { FileTerms } from './read-input.ts';

/**
 * What one status of an operation answers: JSON under a schema, a body of other media types, a stream of Server-Sent
 * Events whose `data` is JSON under a schema, another address (with what lies there), or no body at all.
 */
export type Answer = z.ZodType | { media: readonly string[] } | { events: z.ZodType } | { location: string } | null;
export type Answers = Readonly<Record<number, Answer>>;

/** Sections of the reference, in reading order. */
export const OPERATION_TAGS = {
  Clips: 'Cut pieces of a game: find them, make them, correct them.',
  Playback: 'What players of video fetch by the signed URLs of a clip.',
  Statistics: 'Counts of clips in the caller’s reach.',
  Masters: 'Whole games in the lake, from which clips are cut.',
  Plays: 'What happened in a game, row by row, as files of plays tell it.',
  'Code windows': 'Buttons of one’s own that mark clips while one watches.',
  Reels: 'Clips in an order of one’s own, shown to some.',
  Notes: 'What is said, or drawn, at a moment of a clip or a film.',
  Clubs: 'How clubs look.',
  Links: 'Reels shown to people without an account.',
  Views: 'Who watched what, second by second.',
  Events: 'What happens in the caller’s reach, told as it happens.',
  Webhooks: 'The same, sent to an address of a program’s own.',
  People: 'Accounts, their keys, and what was done with them.',
  Service: 'The portal itself.',
} as const;

/** What programs are told of an operation; it goes into the OpenAPI document as it stands. */
export interface OperationFacts {
  /** Stable name, lowerCamelCase: generated clients name their functions after it. */
  id: string;
  tag: keyof typeof OPERATION_TAGS;
  summary: string;
  description?: string;
  /** Faults of this very operation, with when they come; those that every such operation has are added to them. */
  problems?: Readonly<Record<number, string>>;
  /** Headers that the operation reads, with what they do. */
  headers?: Readonly<Record<string, string>>;
}

/** What an operation says that edits one thing, and reads `readIfMatch`. */
export const IF_MATCH = {
  headers: { 'If-Match': 'The ETag that the edit starts from: 412 when it was changed since. `*` takes any version.' },
  problems: { 412: 'It was changed since; the ETag of this answer has the current version.' },
} as const satisfies Partial<OperationFacts>;

/** What a handler gets: the caller and the parsed input. */
export interface RouteInput<D, P, Q, B> {
  deps: D;
  /** `null` only on a public route. */
  user: UserContext | null;
  params: P;
  query: Q;
  body: B;
  /** The body of a route that takes a file; of others it is empty. */
  file: Uint8Array;
  /** The caller's `Idempotency-Key` with what it was used for; `null` without one, or where none is declared. */
  idempotency: IdempotentRequest | null;
  request: Request;
  /** A digest of what the request shows of its caller: whoever shows the same is the same caller. Empty when nothing. */
  credential: string;
  /** The caller as they are now, for an answer that goes on for long; `null` when they are nobody any more. */
  reauthenticate(): Promise<UserContext | null>;
}

type ReplyOf<S, A> = { status: S; headers?: Record<string, string> } & (A extends z.ZodType
  ? { json: z.input<A> }
  : A extends null
    ? unknown
    : A extends { location: string }
      ? { location: string }
      : A extends { events: z.ZodType }
        ? { stream: ReadableStream<Uint8Array> }
        : { text: string } | { stream: ReadableStream<Uint8Array> });

/** One of the answers that were declared. */
export type RouteReply<A extends Answers> = { [S in keyof A]: ReplyOf<S, A[S]> }[keyof A];

/** What the declared answers of JSON say, once their schemas have looked at them. */
export type JsonOf<A extends Answers> = { [S in keyof A]: A[S] extends z.ZodType ? z.output<A[S]> : never }[keyof A];

/** A route is public, or it names the right that it needs: decided before the body is looked at. */
export type RouteAuth = 'public' | Action;

/** One method of one resource: who may call it, what it takes, what it answers, and the handler. */
export interface RouteSpec<D, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends Answers> {
  /** `null` keeps a route out of the document: it is not there for programs. */
  operation: OperationFacts | null;
  auth: RouteAuth;
  /** A public route that is never refused for the number of requests: whoever balances load asks it. */
  isUnlimited?: true;
  /**
   * Whose minute pays for a request of a public route, where its URL shows that beyond doubt; `null` for the place that
   * it comes from. Asked before anything else, with the parameters as they came, so it looks nothing up.
   */
  payer?(input: { deps: D; url: URL; params: unknown }): string | null;
  params?: P;
  query?: Q;
  body?: B;
  /** The body is a file rather than JSON. */
  file?: FileTerms & {
    /** One to begin with, for the document: as JSON, where that is one of the types. */
    example?: unknown;
  };
  answers: A;
  /** Reads an `Idempotency-Key`; the use-case keeps to it (`runOnce`). */
  idempotent?: boolean;
  /** What the JSON body may measure, where the usual 1 MiB is too little. */
  maxBodyBytes?: number;
  /** The field of the body whose items the use-case judges one by one, each with a fault of its own. */
  judgedLater?: string;
  /**
   * Gives the answers an `ETag`, and a GET its 304: the version of what an answer shows (`entityTag`), or `null` where
   * there is only its body to go by.
   */
  etag?(json: JsonOf<A>): string | null;
  /**
   * Pages of any other origin may read the answers, refusals too: the URL is the whole permission, and no cookie or
   * key counts.
   */
  isOpenToPages?: true;
  /** Browsers may keep the answers, to save bytes by their ETag: nothing in them is a signed URL or a secret. */
  mayBeKept?: true;
  handle(input: RouteInput<D, z.output<P>, z.output<Q>, z.output<B>>): Promise<RouteReply<A>>;
}

/** A declaration whose own types no longer matter: what the routing and the document work on. */
export interface AnyRouteSpec<D>
  extends Omit<RouteSpec<D, z.ZodType, z.ZodType, z.ZodType, Answers>, 'handle' | 'etag'> {
  etag?(json: unknown): string | null;
  handle(input: RouteInput<D, unknown, unknown, unknown>): Promise<AnyReply>;
}

export interface AnyReply {
  status: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  location?: string;
  stream?: ReadableStream<Uint8Array>;
}
