import autocannon from 'autocannon';
import type { LoadJob, RequestsResult } from './load-jobs.ts';

/** Longer than a client waits, so that whatever is late is told as late and not as broken. */
const TIMEOUT_S = 60;

/** So many connections at once, each asking for the next thing as soon as it has the one before. */
export async function sendRequests(job: Extract<LoadJob, { kind: 'requests' }>): Promise<RequestsResult> {
  const { origin, paths, headers, connections, seconds } = job;
  const requests = paths.map((path) => ({ method: 'GET' as const, path, headers }));
  const options = { url: origin, connections, duration: seconds, timeout: TIMEOUT_S, requests };
  const { latency, errors, timeouts, non2xx, ...result } = await autocannon(options);
  return {
    sent: result.requests.total,
    perSecond: result.requests.total / result.duration,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    maxMs: latency.max,
    faults: errors + timeouts + non2xx,
  };
}
