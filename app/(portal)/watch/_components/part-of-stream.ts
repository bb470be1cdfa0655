import Hls, { type BufferCreatedData, Events, type Fragment, type InitPTSFoundData } from 'hls.js/light';
import type { FilmElement } from './film-element.ts';
import { endWithFilm } from './film-end.ts';
import { type FilmPart, takenUntil } from './film-part.ts';

/** Where nobody says how long a frame is there. */
const USUAL_FRAME_S = 1 / 30;

const frameS = ({ levels }: Hls): number => {
  const frameRate = Number(levels.at(-1)?.attrs['FRAME-RATE']);
  return frameRate > 0 ? 1 / frameRate : USUAL_FRAME_S;
};

/**
 * Keeps what hls.js plays to a part of it. Frames before the part are decoded and not shown, as the first one leans on
 * them; of what comes behind it no more is taken in than those before lean on.
 */
export function keepToPart(hls: Hls, film: FilmElement, part: FilmPart): void {
  let isPlaced = false;
  let kept = part;
  // Segments lie where the time stamps of the first one put them, so its rendition says where the part begins.
  hls.on(Events.MANIFEST_LOADING, () => {
    isPlaced = false;
  });
  hls.on(Events.FRAG_LOADING, (_event: Events.FRAG_LOADING, { frag }: { frag: Fragment }) => {
    const beginsS = hls.levels[frag.level]?.details?.startTimeOffset;
    if (isPlaced || frag.sn === 'initSegment' || typeof beginsS !== 'number') return;
    kept = { ...part, beginsS };
    film.keepTo(kept);
  });
  hls.on(Events.INIT_PTS_FOUND, (_event: Events.INIT_PTS_FOUND, _data: InitPTSFoundData) => {
    isPlaced = true;
  });
  hls.on(Events.BUFFER_CREATED, (_event: Events.BUFFER_CREATED, { tracks }: BufferCreatedData) => {
    for (const track of Object.values(tracks)) {
      if (track.buffer) track.buffer.appendWindowEnd = takenUntil(kept);
    }
  });
  if (part.lastsS !== null)
    hls.once(
      Events.DESTROYING,
      endWithFilm(film, part.lastsS, () => frameS(hls)),
    );
}
