import { execa } from 'execa';

export interface Stream {
  codec_name: string;
  codec_type: string;
  width?: number;
  height?: number;
  avg_frame_rate: string;
  nb_read_frames: string;
  profile: string;
  level: number;
}

/** What ffprobe finds behind a file or a URL, with every frame read. @throws when it reports any error. */
export async function ffprobe(input: string, env: Record<string, string> = {}): Promise<Stream[]> {
  const args = ['-v', 'error', '-count_frames', '-show_streams', '-of', 'json', input];
  const { stdout, stderr } = await execa('ffprobe', args, { env });
  if (stderr !== '') throw new Error(stderr);
  return (JSON.parse(stdout) as { streams: Stream[] }).streams;
}

/** When sound begins after silence, in seconds on the film's own clock. */
export async function beepsOf(input: string): Promise<number[]> {
  const filter = ['-map', '0:a:0', '-af', 'silencedetect=noise=-40dB:duration=0.2'];
  const { stderr } = await execa('ffmpeg', ['-nostdin', '-copyts', '-i', input, ...filter, '-f', 'null', '-']);
  return [...stderr.matchAll(/silence_end: ([\d.]+)/g)].map(([, time]) => Number(time));
}
