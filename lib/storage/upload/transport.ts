/** One PUT to a session. */
interface UploadPut {
  url: string;
  contentRange: string | null;
  /** `null` sends an empty body. */
  body: Blob | null;
  signal: AbortSignal;
  /** Bytes of this body handed to the network so far. */
  onSent(bytes: number): void;
}

export interface UploadReply {
  status: number;
  /** The `Range` header: what is stored. */
  range: string | null;
  retryAfter: string | null;
  body: string;
}

/**
 * Sends one PUT and reads the whole reply. Rejects only when there is no reply: network failure, or with the signal's
 * reason. How long to wait for a reply is the caller's to know.
 */
export type UploadTransport = (put: UploadPut) => Promise<UploadReply>;
