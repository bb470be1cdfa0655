/** One PUT to a session. */
interface UploadPut {
  url: string;
  contentRange: string | null;
  /** `null` sends an empty body. */
  body: Blob | null;
  signal: AbortSignal;
  /** Bytes of this body handed to the network so far; transports that cannot know never call it. */
  onSent(bytes: number): void;
}

export interface UploadReply {
  status: number;
  /** The `Range` header: what is stored. */
  range: string | null;
  retryAfter: string | null;
  body: string;
}

/** Sends one PUT and reads the whole reply. Rejects only when there is no reply: network failure or abort. */
export type UploadTransport = (put: UploadPut) => Promise<UploadReply>;

/** Works in Node and in browsers; knows nothing of the progress inside one chunk. */
export const fetchTransport =
  (fetchImpl: typeof fetch = fetch): UploadTransport =>
  async ({ url, contentRange, body, signal, onSent }) => {
    const response = await fetchImpl(url, {
      method: 'PUT',
      headers: contentRange === null ? {} : { 'Content-Range': contentRange },
      // An empty text, not null: some proxies want a Content-Length of 0 on a PUT.
      body: body ?? '',
      signal,
      cache: 'no-store',
    });
    const text = await response.text();
    if (body) onSent(body.size);
    return {
      status: response.status,
      range: response.headers.get('range'),
      retryAfter: response.headers.get('retry-after'),
      body: text,
    };
  };
