import { describe, expect, it } from 'vitest';
import type { ProbedStream } from './probe-json.ts';
import { chooseSound } from './sound-tracks.ts';

const track = (index: number, facts: Partial<ProbedStream> = {}): ProbedStream => ({
  ...{ index, codec_type: 'audio', codec_name: 'aac', sample_rate: 48_000, channels: 2, duration: 60 },
  ...{ disposition: {}, tags: {}, side_data_list: [] },
  ...facts,
});
const marked = { disposition: { default: 1 } };
const mono = { channels: 1, codec_name: 'pcm_s16le' };
const heard = (...streams: ProbedStream[]) => {
  const { tracks, note } = chooseSound(streams);
  return { tracks: tracks.map(({ index }) => index), note };
};

describe('the sound that is heard', () => {
  it('is the first track that can be decoded, and what is left out is told', () => {
    expect(heard()).toEqual({ tracks: [], note: null });
    expect(heard(track(1))).toEqual({ tracks: [1], note: null });
    expect(heard(track(1, { codec_name: 'dts' }))).toEqual({ tracks: [], note: 'sound_undecodable' });
    const unknown = track(1, { ...marked, codec_name: undefined });
    expect(heard(unknown, track(2))).toEqual({ tracks: [2], note: 'track_undecodable' });
    expect(heard(track(1), track(2))).toEqual({ tracks: [1], note: 'tracks_left_out' });
  });

  it('is the longest, then the one marked as default', () => {
    expect(heard(track(1, { ...marked, duration: 3 }), track(2), track(3)).tracks).toEqual([2]);
    expect(heard(track(1), track(2, marked)).tracks).toEqual([2]);
    expect(heard(track(1, { duration: 59.8 }), track(2, marked), track(3)).tracks).toEqual([2]);
    expect(heard(track(1, { duration: 59.8 }), track(2)).tracks).toEqual([1]);
    const tagged = { duration: undefined, tags: { DURATION: '00:00:03.008000000' } };
    expect(heard(track(1, tagged), track(2)).tracks).toEqual([2]);
    expect(heard(track(1, { duration: undefined }), track(2)).tracks).toEqual([1]);
  });

  it('is both of two mono tracks, the left one first', () => {
    expect(heard(track(1, mono), track(2, mono))).toEqual({ tracks: [1, 2], note: null });
    expect(chooseSound([track(1, mono), track(2, mono)]).facts?.channels).toBe(2);
    const left = { ...mono, channel_layout: '1 channels (FL)' };
    const right = { ...mono, channel_layout: '1 channels (FR)' };
    expect(heard(track(1, right), track(2, left)).tracks).toEqual([2, 1]);
    expect(heard(track(1, mono), track(2, { ...mono, duration: 45 })).tracks).toEqual([1, 2]);
    const four = [1, 2, 3, 4].map((index) => track(index, mono));
    expect(heard(...four)).toEqual({ tracks: [1, 2], note: 'tracks_left_out' });
    const third = four.map((stream) => (stream.index === 3 ? { ...stream, ...marked } : stream));
    expect(heard(...third).tracks).toEqual([3, 4]);
  });

  it('is of the first two channels when there are more than a layout of loudspeakers has', () => {
    const of = (channels: number) => chooseSound([track(1, { channels })]);
    expect(of(8)).toMatchObject({ tracks: [{ isMixersInputs: false }], note: null });
    expect(of(16)).toMatchObject({ tracks: [{ isMixersInputs: true }], note: 'channels_left_out' });
  });

  it.for([
    ['of another length', { duration: 12 }],
    ['in another language', { tags: { language: 'fra' } }],
    ['of another make', { codec_name: 'aac' }],
    ['of another rate', { sample_rate: 44_100 }],
    ['that is a commentary', { disposition: { comment: 1 } }],
    ['of two channels', { channels: 2 }],
  ] as const)('is one mono track, when the other is one %s', ([, facts]) => {
    expect(heard(track(1, mono), track(2, { ...mono, ...facts })).tracks).toEqual([1]);
  });
});
