import { text } from 'node:stream/consumers';
import { listenToStreams } from './listen-to-streams.ts';
import type { LoadJob } from './load-jobs.ts';
import { sendRequests } from './send-requests.ts';
import { sendUploads } from './send-uploads.ts';

/** One process of the load generator: a job on standard input, its result on standard output. */
const job = JSON.parse(await text(process.stdin)) as LoadJob;
const run = () => {
  if (job.kind === 'requests') return sendRequests(job);
  return job.kind === 'streams' ? listenToStreams(job) : sendUploads(job);
};
process.stdout.write(JSON.stringify(await run()));
