import { describe, expect, it } from 'vitest';
import type { ProbedStream } from './probe-json.ts';
import { audioFactsOf, pickVideo, videoFactsOf, withOpening } from './video-facts.ts';

const stream = (facts: Partial<ProbedStream> = {}): ProbedStream => ({
  ...{ index: 0, codec_type: 'video', codec_name: 'h264', width: 1920, height: 1080, pix_fmt: 'yuv420p' },
  ...{ r_frame_rate: '25/1', avg_frame_rate: '25/1', disposition: {}, tags: {}, side_data_list: [] },
  ...facts,
});

describe('the picture as shown', () => {
  it.for([
    { facts: {}, shown: [1920, 1080, 0] },
    { facts: { side_data_list: [{ rotation: -90 }] }, shown: [1080, 1920, 90] },
    { facts: { side_data_list: [{ rotation: 90 }] }, shown: [1080, 1920, 270] },
    { facts: { side_data_list: [{}, { rotation: 180 }] }, shown: [1920, 1080, 180] },
    { facts: { width: 720, height: 576, sample_aspect_ratio: '64:45' }, shown: [1024, 576, 0] },
    { facts: { width: 720, height: 480, sample_aspect_ratio: '8:9' }, shown: [640, 480, 0] },
    {
      facts: { width: 1440, height: 1080, sample_aspect_ratio: '4:3', side_data_list: [{ rotation: -90 }] },
      shown: [1080, 1920, 90],
    },
    { facts: { width: 853, height: 479, sample_aspect_ratio: '0:1' }, shown: [854, 480, 0] },
  ])('of $facts is $shown', ({ facts, shown }) => {
    const { width, height, rotation } = videoFactsOf(stream(facts));
    expect([width, height, rotation]).toEqual(shown);
  });
});

describe('the frame rate', () => {
  it.for([
    { facts: {}, rate: [25, 1], variable: false },
    { facts: { r_frame_rate: '30000/1001', avg_frame_rate: '2997/100' }, rate: [30_000, 1001], variable: false },
    { facts: { r_frame_rate: '50/1', avg_frame_rate: '25/1', field_order: 'tt' }, rate: [50, 2], variable: false },
    { facts: { r_frame_rate: '50/1', avg_frame_rate: '25/1' }, rate: [25, 1], variable: true },
    { facts: { r_frame_rate: '25/1', avg_frame_rate: '50/1' }, rate: [25, 1], variable: false },
    { facts: { r_frame_rate: '90000/1', avg_frame_rate: '21400/900' }, rate: [21_400, 900], variable: true },
    { facts: { r_frame_rate: '0/0', avg_frame_rate: '0/0' }, rate: [25, 1], variable: true },
  ])('of $facts', ({ facts, rate: [num, den], variable }) => {
    expect(videoFactsOf(stream(facts))).toMatchObject({ frameRate: { num, den }, isVariableFrameRate: variable });
  });
});

describe('what the first frames add', () => {
  const opening = { firstPts: 0, packetsAreFrames: false, isInterlaced: true, frameTicks: 3600 };
  const clock = { num: 1, den: 90_000 };
  it('is that fields are halves of frames, and that frames are interlaced', () => {
    const fields = videoFactsOf(stream({ r_frame_rate: '50/1', avg_frame_rate: '50/1' }));
    expect(withOpening(fields, opening, clock)).toMatchObject({ frameRate: { num: 50, den: 2 }, isInterlaced: true });
    const frames = { ...opening, packetsAreFrames: true, isInterlaced: false, frameTicks: 1800 };
    expect(withOpening(fields, frames, clock)).toEqual(fields);
  });
});

describe('the streams', () => {
  it('are the largest that last, then the default ones, never a cover picture', () => {
    const cover = stream({ index: 0, codec_name: 'mjpeg', disposition: { attached_pic: 1, default: 1 } });
    const first = stream({ index: 1 });
    const marked = stream({ index: 2, disposition: { default: 1 } });
    const small = stream({ index: 3, width: 640, height: 360, disposition: { default: 1 } });
    const still = stream({
      index: 4,
      width: 3840,
      height: 2160,
      nb_frames: 1,
      duration: 9,
      disposition: { default: 1 },
    });
    const title = stream({
      index: 5,
      width: 3840,
      height: 2160,
      duration: 9,
      tags: { DURATION: '00:00:02.000000000' },
    });
    const unknown = stream({ index: 6, codec_name: 'mjpeg', width: 3840, height: 2160 });
    const whole = stream({ index: 7, duration: 9 });
    expect(pickVideo([small, still, title, unknown, whole])).toBe(whole);
    expect(pickVideo([small, stream({ index: 8, duration: 8.9 }), whole])).toMatchObject({ index: 7 });
    expect(pickVideo([unknown, still])).toBe(still);
    expect(pickVideo([cover, first, marked])).toBe(marked);
    expect(pickVideo([cover, first])).toBe(first);
    expect(pickVideo([cover])).toBeNull();
    expect(pickVideo([stream({ codec_type: 'audio' })])).toBeNull();
  });

  it('say what cannot be cut, and go without sound that cannot be decoded', () => {
    expect(() => videoFactsOf(stream({ codec_name: 'av1' }))).toThrow('The video is coded as av1.');
    expect(() => videoFactsOf(stream({ width: 0 }))).toThrow('No picture of the video can be read.');
    const sound = { codec_type: 'audio', sample_rate: 48_000, channels: 2 };
    expect(audioFactsOf(stream({ ...sound, codec_name: 'aac' }))).toEqual({
      codec: 'aac',
      sampleRateHz: 48_000,
      channels: 2,
    });
    expect(audioFactsOf(stream({ ...sound, codec_name: 'dts' }))).toBeNull();
  });
});
