import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { inView, LANES, type Lane, type Line, laneOf, type Stretch } from './time-line-layout.ts';

export interface LineColors {
  lanes: Readonly<Record<Lane, string>>;
  stoppage: string;
  line: string;
}

/** Paints the lanes: one path a lane, however many plays there are. */
export function paintTimeLine(
  canvas: HTMLCanvasElement,
  { plays, line, view, colors }: { plays: readonly PlayJson[]; line: Line; view: Stretch; colors: LineColors },
): void {
  const pen = canvas.getContext('2d');
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!pen || width === 0) return;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  pen.scale(devicePixelRatio, devicePixelRatio);
  const xOf = (at: number) => inView(at, view) * width;
  pen.fillStyle = colors.stoppage;
  for (const { from, to } of line.stoppages) pen.fillRect(xOf(from), 0, Math.max(1, xOf(to) - xOf(from)), height);
  const laneHeight = height / LANES.length;
  const paths = new Map(LANES.map((lane) => [lane, new Path2D()]));
  for (const { id, name } of plays) {
    const x = xOf(line.places.get(id) ?? -1);
    if (x < 0 || x > width) continue;
    const lane = laneOf(name);
    paths.get(lane)?.rect(x - 0.75, LANES.indexOf(lane) * laneHeight + 1, 1.5, laneHeight - 2);
  }
  for (const [lane, path] of paths) {
    pen.fillStyle = colors.lanes[lane];
    pen.fill(path);
  }
  pen.fillStyle = colors.line;
  for (const { from } of line.periods.slice(1)) pen.fillRect(xOf(from) - 0.5, 0, 1, height);
}
