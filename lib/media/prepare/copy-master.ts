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
import { type SpareBuffers, spareBuffers } from './spare-buffers.ts';
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
  args: (address: string) => string[],
  shape: Omit<PreparedShape, 'codecs'>,
  segmentsIn: (
    fragments: AsyncIterable<Fragment>,
    head: FragmentedHead,
    spares: SpareBuffers,
  ) => AsyncIterable<MadeSegment>,
): Promise<PublishedRendition> {
  const spares = spareBuffers();
  let published: PublishedRendition | undefined;
  const takeStdout = async (output: AsyncIterable<Buffer>) => {
    const stream = await openFragments(output, spares);
    if (!stream) return;
    const head = readHead(stream.init);
    const rendition = { shape: { ...shape, codecs: head.codecs }, init: stream.init };
    const segments = segmentsIn(stream.fragments, head, spares);
    published = await publishRendition(
      { work: deps.work, writer, master: claimed },
      { ...rendition, segments, spares },
    );
  };
  await loopback.runWhole(args, { takeStdout });
  if (!published) throw nothing();
  return published;
}

/** Copies a master's picture into segments, and its sound with it. Throws `UnfitStreamError` where browsers would stop. */
export function copyMaster(copying: Copying, sound: SoundWork): Promise<PublishedRendition> {
  const { master } = copying;
  const { width, height, frameRate } = master.facts.video;
  const stream = {
    frameRate: toNumber(frameRate),
    hasCopiedSound: sound === 'copy' && master.soundTracks.length > 0,
    hasZero: true,
  };
  return publishOutput(
    copying,
    (address) => copyArgs(address, master, sound),
    { name: 'source', width, height, frameRate: stream.frameRate },
    (fragments, head, spares) => segmentsOf(fragments, head, stream, spares),
  );
}

/** Makes a master's sound in one piece, for a ladder that has no other sound. */
export function copySound(copying: Copying): Promise<PublishedRendition> {
  const { master } = copying;
  return publishOutput(
    copying,
    (address) => soundArgs(address, master),
    { name: 'sound', width: null, height: null, frameRate: null },
    soundSegmentsOf,
  );
}
