import { describe, expect, it } from 'vitest';
import { AUDIO_DECODERS, VIDEO_DECODERS } from './confinement.ts';
import { type CutPlan, cutArgs, remuxArgs } from './ffmpeg-args.ts';
import type { VideoFacts } from './media-types.ts';
import { renditionLadder } from './rendition-ladder.ts';
import { storyboardOf } from './storyboard.ts';

const video: VideoFacts = {
  ...{ codec: 'h264', codedWidth: 1920, codedHeight: 1080, width: 1920, height: 1080, rotation: 0 },
  ...{ sampleAspectRatio: { num: 1, den: 1 }, frameRate: { num: 30_000, den: 1001 }, isVariableFrameRate: false },
  ...{ isInterlaced: false, pixelFormat: 'yuv420p' },
};

const planOf = (changes: Partial<CutPlan> = {}): CutPlan => {
  const picture = changes.video ?? video;
  return {
    ...{ url: 'http://127.0.0.1:1/x', video: picture, audio: { codec: 'aac', sampleRateHz: 44_100, channels: 6 } },
    ...{ videoIndex: 0, audioIndex: 1, seekS: 5.13, firstPts: 150_150, endPts: 450_450, firstS: 5.005, endS: 15.015 },
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

const COUNTED = [
  ...['-map', '[counted]', '-fps_mode', 'passthrough', '-enc_time_base', '1:90000', '-c:v', 'rawvideo'],
  ...['-f', 'framecrc', '-flush_packets', '1', 'pipe:1'],
];

describe('the arguments of a cut', () => {
  it('of 1080p at 29.97 with sound', () => {
    expect(cutArgs(planOf())).toEqual([
      ...['-y', '-v', 'repeat+level+error', '-filter_threads', '4'],
      ...[...MASTER_INPUT, '-threads', '4', '-seek_timestamp', '1', '-noaccurate_seek', '-ss', '5.13'],
      ...['-copyts', '-i', 'http://127.0.0.1:1/x'],
      '-filter_complex',
      [
        '[0:0]trim=start_pts=150150:end_pts=450450,setpts=PTS-STARTPTS,split=6[s0][s1][s2][sp][sg][sc]',
        '[s0]scale=1920:1080,setsar=1,format=yuv420p[v0]',
        '[s1]scale=1280:720,setsar=1,format=yuv420p[v1]',
        '[s2]scale=640:360,setsar=1,format=yuv420p[v2]',
        '[sp]select=gte(t\\,4.987),scale=640:360:out_range=full,setsar=1,format=yuvj420p[poster]',
        '[sg]fps=11000/10010:start_time=0:round=up,scale=320:180:out_range=full,setsar=1,format=yuvj420p,tile=10x2[grid]',
        '[sc]crop=2:2:0:0[counted]',
        '[0:1]atrim=start=5.005:end=15.015,asetpts=PTS-5.005/TB,aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo,apad=whole_dur=10.01,asplit=3[a0][a1][a2]',
      ].join(';'),
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
    expect(cutArgs(planOf({ video: small, audio: null, audioIndex: null, videoIndex: 2, seekS: null }))).toEqual([
      ...['-y', '-v', 'repeat+level+error', '-filter_threads', '4'],
      ...[...MASTER_INPUT, '-threads', '4', '-copyts', '-i', 'http://127.0.0.1:1/x'],
      '-filter_complex',
      [
        '[0:2]trim=start_pts=150150:end_pts=450450,setpts=PTS-STARTPTS,bwdif=mode=send_frame:parity=auto:deint=interlaced,split=4[s0][sp][sg][sc]',
        '[s0]scale=640:360,setsar=1,format=yuv420p[v0]',
        '[sp]select=gte(t\\,4.987),scale=640:360:out_range=full,setsar=1,format=yuvj420p[poster]',
        '[sg]fps=11000/10010:start_time=0:round=up,scale=320:180:out_range=full,setsar=1,format=yuvj420p,tile=10x2[grid]',
        '[sc]crop=2:2:0:0[counted]',
      ].join(';'),
      ...COUNTED,
      ...['-map', '[v0]'],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-threads:v', '4'],
      ...['-crf:v:0', '23', '-maxrate:v:0', '1550k', '-bufsize:v:0', '3100k'],
      ...['-fps_mode:v', 'passthrough', '-enc_time_base:v', '1:90000'],
      ...['-force_key_frames:v', 'expr:gte(t,n_forced*2)', '-sc_threshold:v', '0', '-g:v', '100000'],
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-avoid_negative_ts', 'disabled'],
      ...['-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
      ...['-hls_flags', 'single_file+independent_segments', '-master_pl_name', 'ffmpeg.m3u8'],
      ...['-var_stream_map', 'v:0,name:360', '-hls_segment_filename', '%v.m4s', '%v.m3u8'],
      ...['-map', '[poster]', '-frames:v', '1', '-q:v', '3', '-f', 'image2', '-update', '1', 'thumb.jpg'],
      ...['-map', '[grid]', '-frames:v', '1', '-q:v', '4', '-f', 'image2', '-update', '1', 'grid.jpg'],
    ]);
  });

  it('of clip.mp4, without another encode', () => {
    expect(remuxArgs('1080')).toEqual([
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
