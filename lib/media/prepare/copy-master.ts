import { MediaError } from '#lib/media/media-types.ts';
import type { ClaimedMaster, PreparedShape, PrepareWork } from '#lib/media/prepare-work.ts';
import type { ProbedMaster } from '#lib/media/probe/probe-master.ts';
import { toNumber } from '#lib/media/probe/rational.ts';
import type { LoopbackSource } from '#lib/media/tools/loopback-source.ts';
import { copyArgs, type SoundWork, soundArgs } from './copy-args.ts';
import { type FragmentedHead, readHead } from './fragment-times.ts';
import { type PublishedRendition, publishRendition } from './publish-rendition.ts';
import { type Fragment, openFragments } from './read-boxes.ts';
import { type MadeSegment, segmentsOf, soundSegmentsOf } from './segments.ts';
import type { PreparedWriter } from './write-prepared.ts';

interface Copying {
  deps: { work: PrepareWork };
  claimed: ClaimedMaster;
  master: ProbedMaster;
  loopback: LoopbackSource;
  writer: PreparedWriter;
}

const nothing = () => new MediaError('undecodable', 'No picture of the master could be read.');

/** Publishes what ffmpeg writes, while it writes. */
async function publishOutput(
  { deps, claimed, loopback, writer }: Copying,
  args: string[],
  shape: Omit<PreparedShape, 'codecs'>,
  segmentsIn: (fragments: AsyncIterable<Fragment>, head: FragmentedHead) => AsyncIterable<MadeSegment>,
): Promise<PublishedRendition> {
  let published: PublishedRendition | undefined;
  const takeStdout = async (output: AsyncIterable<Buffer>) => {
    const stream = await openFragments(output);
    if (!stream) return;
    const head = readHead(stream.init);
    const rendition = { shape: { ...shape, codecs: head.codecs }, init: stream.init };
    const segments = segmentsIn(stream.fragments, head);
    published = await publishRendition({ work: deps.work, writer, master: claimed }, { ...rendition, segments });
  };
  await loopback.run('ffmpeg', args, { takeStdout });
  if (!published) throw nothing();
  return published;
}

/** Copies a master's picture into segments, and its sound with it. Throws `UnfitStreamError` where browsers would stop. */
export function copyMaster(copying: Copying, sound: SoundWork): Promise<PublishedRendition> {
  const { master, loopback } = copying;
  const { width, height, frameRate } = master.facts.video;
  const stream = {
    frameRate: toNumber(frameRate),
    hasCopiedSound: sound === 'copy' && master.soundTracks.length > 0,
    hasZero: true,
  };
  return publishOutput(
    copying,
    copyArgs(loopback.url, master, sound),
    { name: 'source', width, height, frameRate: stream.frameRate },
    (fragments, head) => segmentsOf(fragments, head, stream),
  );
}

/** Makes a master's sound in one piece, for a ladder that has no other sound. */
export function copySound(copying: Copying): Promise<PublishedRendition> {
  const { master, loopback } = copying;
  return publishOutput(
    copying,
    soundArgs(loopback.url, master),
    { name: 'sound', width: null, height: null, frameRate: null },
    soundSegmentsOf,
  );
}
