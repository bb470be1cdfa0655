/** What a process of the load generator is told to do; secrets come by standard input, not by its arguments. */
export type LoadJob =
  | {
      kind: 'requests';
      origin: string;
      paths: string[];
      headers: Record<string, string>;
      connections: number;
      seconds: number;
    }
  | { kind: 'streams'; origin: string; keys: string[]; streamsPerKey: number; seconds: number }
  | { kind: 'uploads'; urls: string[]; atOnce: number; sizeBytes: number };

export interface RequestsResult {
  sent: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** Connections that broke, requests that took too long, and answers that were not 2xx. */
  faults: number;
}

export interface StreamsResult {
  opened: number;
  /** Streams that the web ended, or never opened. */
  broken: number;
  /** Events that the stream heard that heard fewest, and most. */
  fewest: number;
  most: number;
}

export interface UploadsResult {
  stored: number;
  /** What the store said is not what was sent. */
  wrong: number;
  seconds: number;
}

export interface LoadResults {
  requests: RequestsResult;
  streams: StreamsResult;
  uploads: UploadsResult;
}
