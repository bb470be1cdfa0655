import { describe, expect, it } from 'vitest';
import { colourFactsOf, requireReadableColours } from './colour-facts.ts';
import type { ProbedStream } from './probe-json.ts';

const stream = (facts: Partial<ProbedStream> = {}): ProbedStream => ({
  ...{ index: 0, codec_type: 'video', codec_name: 'hevc', pix_fmt: 'yuv420p' },
  ...{ disposition: {}, tags: {}, side_data_list: [] },
  ...facts,
});

describe('the colours of a picture', () => {
  it.for([
    { facts: {}, height: 1080, are: ['bt709', 'bt709', 'sdr', false] },
    { facts: {}, height: 720, are: ['bt709', 'bt709', 'sdr', false] },
    { facts: {}, height: 576, are: ['smpte170m', 'bt709', 'sdr', false] },
    { facts: { color_space: 'unknown', color_primaries: 'bt470bg' }, height: 1080, are: ['smpte170m', 'bt709', 'sdr'] },
    { facts: { color_primaries: 'bt709' }, height: 480, are: ['bt709', 'bt709', 'sdr', false] },
    { facts: { color_space: 'smpte170m' }, height: 1080, are: ['smpte170m', 'bt709', 'sdr', false] },
    { facts: { color_range: 'pc' }, height: 1080, are: ['bt709', 'bt709', 'sdr', true] },
    { facts: { pix_fmt: 'yuvj420p' }, height: 480, are: ['smpte170m', 'bt709', 'sdr', true] },
    { facts: { pix_fmt: 'gbrp', color_space: 'unknown' }, height: 1080, are: ['gbr', 'bt709', 'sdr', true] },
    { facts: { color_transfer: 'arib-std-b67' }, height: 1080, are: ['bt2020nc', 'bt2020', 'hlg', false] },
    { facts: { color_transfer: 'smpte2084' }, height: 360, are: ['bt2020nc', 'bt2020', 'pq', false] },
    { facts: { color_primaries: 'bt2020' }, height: 2160, are: ['bt2020nc', 'bt2020', 'sdr', false] },
    { facts: { color_primaries: 'smpte432', color_space: 'bt709' }, height: 1080, are: ['bt709', 'smpte432', 'sdr'] },
  ])('of $facts at $height lines', ({ facts, height, are: [matrix, primaries, dynamicRange, isFullRange = false] }) => {
    expect(colourFactsOf(stream(facts), height)).toEqual({ matrix, primaries, dynamicRange, isFullRange });
  });
});

describe('Dolby Vision', () => {
  const record = (dv_profile: number, dv_bl_signal_compatibility_id: number) =>
    stream({ side_data_list: [{}, { dv_profile, dv_bl_signal_compatibility_id }] });

  it('whose base layer nobody else can show is refused', () => {
    expect(() => requireReadableColours(record(5, 0))).toThrow('The picture is Dolby Vision, profile 5,');
    expect(() => requireReadableColours(record(8, 0))).toThrow('The picture is Dolby Vision, profile 8,');
  });

  it.for([
    [7, 6],
    [8, 1],
    [8, 2],
    [8, 4],
  ] as const)('profile %s with a base of kind %s is taken for its base', ([profile, base]) => {
    expect(() => requireReadableColours(record(profile, base))).not.toThrow();
  });
});
