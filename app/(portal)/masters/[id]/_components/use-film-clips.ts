import { useQuery } from '@tanstack/react-query';
import { filmClipsOptions } from '#app/_client/master-queries.ts';
import type { ClipJson, ClipListJson } from '#lib/clips/clip-schemas.ts';

/** The clips of a film in order of time, as they come and change. */
export function useFilmClips(masterId: string, served: ClipListJson, servedAtMs: number) {
  const { data } = useQuery({
    ...filmClipsOptions(masterId),
    initialData: served,
    initialDataUpdatedAt: servedAtMs,
  });
  // The server's order looks at the game first, which a clip may say wrongly; and one that was just made stands last.
  const byTime = (one: ClipJson, other: ClipJson) => one.start_timecode_s - other.start_timecode_s;
  return { clips: data.clips.toSorted(byTime), total: data.total };
}
