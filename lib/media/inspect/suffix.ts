import { MediaError } from '#lib/media/media-types.ts';
import { hasSuffixOf, MASTER_CONTAINERS, type MasterContainer, suffixOf } from '#lib/storage/port/object-keys.ts';

/** ffmpeg's demuxers of the containers that a master may have. */
const DEMUXED: Readonly<Record<string, MasterContainer>> = {
  'mov,mp4,m4a,3gp,3g2,mj2': 'mp4',
  'matroska,webm': 'mkv',
  mpegts: 'ts',
  avi: 'avi',
  mpeg: 'mpg',
};

/**
 * The suffix decides under which type the lake keeps a master, for good: so it has to agree with the bytes.
 * @param demuxer as ffmpeg names it (`MasterFacts.container`).
 * @throws MediaError `wrong_suffix`, which names the right one.
 */
export function requireSuffix(filename: string, demuxer: string): void {
  const container = DEMUXED[demuxer];
  if (container && hasSuffixOf(filename, container)) return;
  const { name, suffixes } = container ? MASTER_CONTAINERS[container] : { name: demuxer, suffixes: [] };
  const ending =
    suffixes.length > 0 ? ` Rename it so that it ends in .${suffixes.join(' or .')}, and upload it again.` : '';
  throw new MediaError('wrong_suffix', `The file is ${name} inside, whatever ".${suffixOf(filename)}" says.${ending}`);
}
