import { type RefObject, useEffect } from 'react';
import { sheetsVtt } from '#lib/delivery/storyboard-text.ts';
import type { MasterStoryboardJson } from '#lib/masters/master-schemas.ts';

/** The small pictures of a film: the URL of a clip's cues, or the sheets of a whole master. */
export type StoryboardSource = string | MasterStoryboardJson;

const textOf = ({ cell_width, cell_height, interval_s, columns, sheets }: MasterStoryboardJson): string =>
  sheetsVtt(
    sheets.map(({ start_s, end_s, url }) => ({
      ...{ startS: start_s, endS: end_s, uri: url },
      ...{ intervalS: interval_s, columns, cellWidth: cell_width, cellHeight: cell_height },
    })),
  );

/** Shows small pictures over the seek bar: media-chrome looks for a track of this kind and label. */
export function useStoryboardTrack(videoRef: RefObject<HTMLElement | null>, storyboard: StoryboardSource | null) {
  useEffect(() => {
    if (storyboard === null) return;
    const isUrl = typeof storyboard === 'string';
    const src = isUrl ? storyboard : URL.createObjectURL(new Blob([textOf(storyboard)], { type: 'text/vtt' }));
    const track = document.createElement('track');
    Object.assign(track, { default: true, kind: 'metadata', label: 'thumbnails', src });
    videoRef.current?.append(track);
    return () => {
      track.remove();
      if (!isUrl) URL.revokeObjectURL(src);
    };
  }, [videoRef, storyboard]);
}
