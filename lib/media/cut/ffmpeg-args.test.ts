import { describe, expect, it } from 'vitest';
import type { VideoFacts } from '#lib/media/media-types.ts';
import { AUDIO_DECODERS, VIDEO_DECODERS } from '#lib/media/tools/confinement.ts';
import { type CutPlan, cutArgs, evenSoundArgs, remuxArgs } from './ffmpeg-args.ts';
import { renditionLadder } from './ladder.ts';
import { storyboardOf } from './storyboard.ts';

const video: VideoFacts = {
  ...{ codec: 'h264', codedWidth: 1920, codedHeight: 1080, width: 1920, height: 1080, rotation: 0 },
  ...{ sampleAspectRatio: { num: 1, den: 1 }, frameRate: { num: 30_000, den: 1001 }, isVariableFrameRate: false },
  ...{ isInterlaced: false, pixelFormat: 'yuv420p' },
  colour: { matrix: 'bt709', primaries: 'bt709', dynamicRange: 'sdr', isFullRange: false },
};

const trackOf = (index: number) => ({ index, sampleRateHz: 48_000, isMixersInputs: false });

const planOf = (changes: Partial<CutPlan> = {}): CutPlan => {
  const picture = changes.video ?? video;
  return {
    ...{ url: 'http://127.0.0.1:1/x', video: picture, isSoundEven: false, soundTracks: [trackOf(1)] },
    ...{
      videoIndex: 0,
      seekS: 5.13,
      firstPts: 150_150,
      endPts: 450_450,
      zeroPts: 150_150,
      firstS: 5.005,
      endS: 15.015,
    },
    ...{ posterS: 4.987, durationS: 10.01, threads: 4, rungs: renditionLadder({ video: picture }) },
    storyboard: storyboardOf(10.01, picture),
    ...changes,
  };
};

const MASTER_INPUT = [
  ...['-max_alloc', '268435456', '-max_streams', '64', '-protocol_whitelist', 'http,tcp'],
  ...['-format_whitelist', 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,avi,mpeg'],
  ...['-reconnect', '1', '-reconnect_delay_max', '1'],
  ...['-codec_whitelist', [...VIDEO_DECODERS, ...AUDIO_DECODERS].join(',')],
];

/** The times of a track and its range, as every graph of sound begins. */
const RANGE =
  "asetpts='if(eq(SR,48000),PTS,st(1,if(gt(N,0)*lt(abs(PTS-ld(0)),SR/4),ld(0),PTS));st(0,ld(1)+NB_SAMPLES);ld(1))',atrim=start=5.005:end=15.015,asetpts=PTS-5.005/TB";
const AS_LOUD = "volume='if(eq(nb_channels,1),sqrt(2),1)':precision=float";
const HELD = 'aresample=48000:rematrix_maxval=0.708:async=1:min_hard_comp=0.03';
const STEREO_END = 'first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,apad=whole_dur=10.01';
const COPIES = 'asplit=3[a0][a1][a2]';

const COUNTED = [
  ...['-map', '[counted]', '-fps_mode', 'passthrough', '-enc_time_base', '1:90000', '-c:v', 'rawvideo'],
  ...['-f', 'framecrc', '-flush_packets', '1', 'pipe:1'],
];

const FROM_BT709 = 'zscale=min=bt709:rin=limited:tin=bt709:pin=bt709';
const AS_BT709 = `${FROM_BT709}:m=bt709:r=limited:t=bt709:p=bt709,setsar=1,format=yuv420p,setparams=range=limited:color_primaries=bt709:color_trc=bt709:colorspace=bt709`;
const AS_JPEG = `${FROM_BT709}:m=smpte170m:r=full:t=bt709:p=bt709,setsar=1,format=yuvj420p`;

/** One of the two graphs of the arguments: of the picture, or of the sound. */
const graphOf = (plan: CutPlan, which: 'picture' | 'sound'): string | undefined =>
  cutArgs(plan).filter((_, i, args) => args[i - 1] === '-filter_complex')[which === 'picture' ? 0 : 1];

describe('the arguments of a cut', () => {
  it('of 1080p at 29.97 with sound', () => {
    expect(cutArgs(planOf())).toEqual([
      ...['-y', '-v', 'repeat+level+error', '-filter_threads', '4'],
      ...[
        ...MASTER_INPUT,
        '-threads',
        '4',
        '-reinit_filter:v',
        '0',
        '-seek_timestamp',
        '1',
        '-noaccurate_seek',
        '-ss',
        '5.13',
      ],
      ...['-copyts', '-i', 'http://127.0.0.1:1/x'],
      '-filter_complex',
      [
        '[0:0]trim=start_pts=150150:end_pts=450450,select=isnan(prev_selected_pts)+gt(pts\\,prev_selected_pts),setpts=PTS-STARTPTS,split=6[s0][s1][s2][sp][sg][sc]',
        `[s0]scale=1920:1080,${AS_BT709}[v0]`,
        `[s1]scale=1280:720,${AS_BT709}[v1]`,
        `[s2]scale=640:360,${AS_BT709}[v2]`,
        `[sp]select=gte(t\\,4.987),scale=640:360,${AS_JPEG}[poster]`,
        `[sg]fps=11000/10010:start_time=0:round=up,scale=320:180,${AS_JPEG},tile=10x2[grid]`,
        '[sc]crop=2:2:0:0[counted]',
      ].join(';'),
      '-filter_complex',
      `[0:1]${RANGE},${AS_LOUD},${HELD}:${STEREO_END},${COPIES}`,
      ...COUNTED,
      ...['-map', '[v0]', '-map', '[a0]', '-map', '[v1]', '-map', '[a1]', '-map', '[v2]', '-map', '[a2]'],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-threads:v', '4'],
      ...['-crf:v:0', '22', '-maxrate:v:0', '8000k', '-bufsize:v:0', '16000k'],
      ...['-crf:v:1', '22', '-maxrate:v:1', '4350k', '-bufsize:v:1', '8700k'],
      ...['-crf:v:2', '23', '-maxrate:v:2', '1550k', '-bufsize:v:2', '3100k'],
      ...['-fps_mode:v', 'passthrough', '-enc_time_base:v', '1001:30000'],
      ...['-force_key_frames:v', 'expr:gte(t,n_forced*2)', '-sc_threshold:v', '0', '-g:v', '100000'],
      ...['-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2'],
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-avoid_negative_ts', 'disabled'],
      ...['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
      ...['-hls_flags', 'single_file+independent_segments', '-master_pl_name', 'ffmpeg.m3u8'],
      ...['-var_stream_map', 'v:0,a:0,name:1080 v:1,a:1,name:720 v:2,a:2,name:360'],
      ...['-hls_segment_filename', '%v.m4s', '%v.m3u8'],
      ...['-map', '[poster]', '-frames:v', '1', '-q:v', '3', '-f', 'image2', '-update', '1', 'thumb.jpg'],
      ...['-map', '[grid]', '-frames:v', '1', '-q:v', '4', '-f', 'image2', '-update', '1', 'grid.jpg'],
    ]);
  });

  it('of an interlaced, variable, silent 360p from the start of the file', () => {
    const small: VideoFacts = {
      ...video,
      ...{ width: 640, height: 360, codedWidth: 640, codedHeight: 360, isInterlaced: true, isVariableFrameRate: true },
    };
    expect(cutArgs(planOf({ video: small, soundTracks: [], videoIndex: 2, seekS: null, zeroPts: 150_240 }))).toEqual([
      ...['-y', '-v', 'repeat+level+error', '-filter_threads', '4'],
      ...[...MASTER_INPUT, '-threads', '4', '-reinit_filter:v', '0', '-copyts', '-i', 'http://127.0.0.1:1/x'],
      '-filter_complex',
      [
        '[0:2]trim=start_pts=150150:end_pts=450450,select=isnan(prev_selected_pts)+gt(pts\\,prev_selected_pts),setpts=max(PTS-150240\\,0),scale=640:360:interl=-1,bwdif=mode=send_frame:parity=auto:deint=interlaced,split=4[s0][sp][sg][sc]',
        `[s0]scale=640:360,${AS_BT709}[v0]`,
        `[sp]select=gte(t\\,4.987),scale=640:360,${AS_JPEG}[poster]`,
        `[sg]fps=11000/10010:start_time=0:round=up,tpad=stop_mode=clone:stop=11,scale=320:180,${AS_JPEG},tile=10x2[grid]`,
        '[sc]crop=2:2:0:0[counted]',
      ].join(';'),
      ...COUNTED,
      ...['-map', '[v0]'],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-threads:v', '4'],
      ...['-crf:v:0', '23', '-maxrate:v:0', '1550k', '-bufsize:v:0', '3100k'],
      ...['-fps_mode:v', 'passthrough', '-enc_time_base:v', '1:90000'],
      ...['-force_key_frames:v', 'expr:isnan(prev_forced_t)+gte(t,prev_forced_t+2-0.000001)', '-sc_threshold:v', '0'],
      ...[
        '-g:v',
        '100000',
        '-bf:v',
        '0',
        '-bsf:v',
        'setts=duration=if(gt(NEXT_PTS\\,PTS)\\,NEXT_PTS-PTS\\,900900-PTS)',
      ],
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-avoid_negative_ts', 'disabled'],
      ...['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
      ...['-hls_flags', 'single_file+independent_segments', '-master_pl_name', 'ffmpeg.m3u8'],
      ...['-var_stream_map', 'v:0,name:360', '-hls_segment_filename', '%v.m4s', '%v.m3u8'],
      ...['-map', '[poster]', '-frames:v', '1', '-q:v', '3', '-f', 'image2', '-update', '1', 'thumb.jpg'],
      ...['-map', '[grid]', '-frames:v', '1', '-q:v', '4', '-f', 'image2', '-update', '1', 'grid.jpg'],
    ]);
  });

  it('of HDR bring it to BT.709 by linear light first, at the size of the largest rendition', () => {
    const hlg: VideoFacts = {
      ...{ ...video, width: 3840, height: 2160, codedWidth: 3840, codedHeight: 2160 },
      colour: { matrix: 'bt2020nc', primaries: 'bt2020', dynamicRange: 'hlg', isFullRange: false },
    };
    const graph = graphOf(planOf({ video: hlg }), 'picture');
    expect(graph).toContain(
      'select=isnan(prev_selected_pts)+gt(pts\\,prev_selected_pts),setpts=PTS-STARTPTS,scale=1920:1080,setparams=range=limited:color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc,zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=mobius:param=0.8:desat=0:peak=4.926,zscale=t=bt709:m=bt709:r=tv,format=yuv420p10le,split=6',
    );
    expect(graph).toContain(`[s0]scale=1920:1080,${AS_BT709}[v0]`);
    const wide: VideoFacts = { ...video, colour: { ...hlg.colour, dynamicRange: 'sdr', primaries: 'smpte432' } };
    expect(graphOf(planOf({ video: wide }), 'picture')).toContain(
      'setparams=range=limited:color_primaries=smpte432:color_trc=bt709:colorspace=bt2020nc,zscale=t=linear',
    );
    expect(graphOf(planOf({ video: wide }), 'picture')).not.toContain('tonemap');
  });

  it('of two mono tracks make one sound, and of a mixer’s inputs the first two', () => {
    const side = `${RANGE},${HELD}:${STEREO_END.replace('stereo', 'mono')}`;
    expect(graphOf(planOf({ soundTracks: [trackOf(1), trackOf(2)] }), 'sound')).toBe(
      `[0:1]${side}[left];[0:2]${side}[right];[left][right]join=inputs=2:channel_layout=stereo,${COPIES}`,
    );
    const inputs = planOf({ soundTracks: [{ ...trackOf(1), isMixersInputs: true }] });
    expect(graphOf(inputs, 'sound')).toBe(`[0:1]${RANGE},pan=stereo|c0=c0|c1=c1,${HELD}:${STEREO_END},${COPIES}`);
  });

  it('of a sound that changes make it even first', () => {
    const plan = planOf();
    expect(evenSoundArgs(plan)).toEqual([
      ...['-y', '-v', 'repeat+level+error', ...MASTER_INPUT, '-threads', '4', '-reinit_filter:v', '0'],
      ...['-seek_timestamp', '1', '-noaccurate_seek', '-ss', '5.13', '-copyts', '-i', 'http://127.0.0.1:1/x'],
      '-filter_complex',
      `[0:1]${RANGE},${AS_LOUD},${HELD},aformat=sample_fmts=flt:channel_layouts=stereo[e0]`,
      ...['-map', '[e0]', '-c:a', 'pcm_f32le', '-f', 'nut', 'sound.nut'],
    ]);
    const even = cutArgs({ ...plan, isSoundEven: true });
    expect(even.slice(even.indexOf('sound.nut') - 7, even.indexOf('sound.nut') + 1)).toEqual([
      ...[
        '-protocol_whitelist',
        'file',
        '-format_whitelist',
        'nut',
        '-codec_whitelist',
        'pcm_f32le',
        '-i',
        'sound.nut',
      ],
    ]);
    expect(graphOf({ ...plan, isSoundEven: true }, 'sound')).toBe(
      `[1:0]${HELD.replace('0.03', '0.002')}:${STEREO_END},${COPIES}`,
    );
  });

  it('of clip.mp4, without another encode', () => {
    expect(remuxArgs(planOf())).toEqual([
      ...['-y', '-v', 'error', '-max_alloc', '268435456', '-max_streams', '64', '-protocol_whitelist', 'file'],
      ...['-format_whitelist', 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,avi,mpeg', '-copyts', '-i', '1080.m4s'],
      ...[
        '-map',
        '0',
        '-c',
        'copy',
        '-avoid_negative_ts',
        'disabled',
        '-movflags',
        '+faststart',
        '-f',
        'mp4',
        'clip.mp4',
      ],
    ]);
  });
});

describe('the ladder', () => {
  it.for([
    { of: [3840, 2160], rungs: ['1080 1920x1080', '720 1280x720', '360 640x360'] },
    { of: [1920, 1080], rungs: ['1080 1920x1080', '720 1280x720', '360 640x360'] },
    { of: [1280, 720], rungs: ['720 1280x720', '360 640x360'] },
    { of: [640, 360], rungs: ['360 640x360'] },
    { of: [1080, 1920], rungs: ['1080 1080x1920', '720 720x1280', '360 360x640'] },
    { of: [1024, 576], rungs: ['576 1024x576', '360 640x360'] },
    { of: [426, 240], rungs: ['240 426x240'] },
    { of: [1360, 768], rungs: ['768 1360x768', '360 638x360'] },
    { of: [680, 384], rungs: ['384 680x384'] },
  ])('of $of', ({ of: [width = 0, height = 0], rungs }) => {
    const ladder = renditionLadder({ video: { ...video, width, height } });
    expect(ladder.map((rung) => `${rung.name} ${rung.width}x${rung.height}`)).toEqual(rungs);
  });

  it('allows half as much again at 60 frames a second', () => {
    const [top] = renditionLadder({ video: { ...video, frameRate: { num: 60, den: 1 } } });
    expect(top).toMatchObject({ maxrateKbps: 12_000, bufsizeKbps: 24_000 });
  });
});

describe('the storyboard', () => {
  it.for([
    { durationS: 0.5, tiles: 10, rows: 1, intervalS: 0.05 },
    { durationS: 10, tiles: 10, rows: 1, intervalS: 1 },
    { durationS: 12.4, tiles: 13, rows: 2, intervalS: 12.4 / 13 },
    { durationS: 300, tiles: 100, rows: 10, intervalS: 3 },
  ])('of $durationS s', ({ durationS, tiles, rows, intervalS }) => {
    expect(storyboardOf(durationS, { width: 1920, height: 1080 })).toEqual({
      ...{ kind: 'storyboard', intervalS, durationS, columns: 10, rows, tiles, tileWidth: 320, tileHeight: 180 },
    });
  });

  it('of an upright picture has tall tiles', () => {
    expect(storyboardOf(10, { width: 1080, height: 1920 })).toMatchObject({ tileWidth: 320, tileHeight: 568 });
  });
});
