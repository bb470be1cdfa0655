import { creasePath, frameOf, goalLineReach, type RinkSheet } from './rink-geometry.ts';

const ENDS = [1, -1] as const;

/** Ice, boards and lines. They keep their width on screen whatever the drawing's size. */
export function RinkDrawing({ sheet }: { sheet: RinkSheet }) {
  const { halfLength, halfWidth, cornerRadius, goalLine, blueLine, circleRadius, endDots, neutralDots } = sheet;
  const reach = goalLineReach(sheet);
  return (
    <g fill="none" className="[&>*]:[vector-effect:non-scaling-stroke]">
      <rect
        x={-halfLength}
        y={-halfWidth}
        width={2 * halfLength}
        height={2 * halfWidth}
        rx={cornerRadius}
        className="fill-surface stroke-line-strong"
        strokeWidth="2"
      />
      <line y1={-halfWidth} y2={halfWidth} className="stroke-accent-text/60" strokeWidth="2" strokeDasharray="6 4" />
      <circle r={circleRadius} className="stroke-info/60" />
      <circle r="0.8" className="fill-info/60" />
      {ENDS.map((end) => (
        <g key={end} className="[&>*]:[vector-effect:non-scaling-stroke]">
          <line
            x1={blueLine * end}
            x2={blueLine * end}
            y1={-halfWidth}
            y2={halfWidth}
            className="stroke-info/70"
            strokeWidth="3"
          />
          <line x1={goalLine * end} x2={goalLine * end} y1={-reach} y2={reach} className="stroke-accent-text/60" />
          <path d={creasePath(sheet, end)} className="fill-info-soft stroke-accent-text/60" />
          {sheet.trapezoid ? <Trapezoid sheet={sheet} end={end} {...sheet.trapezoid} /> : null}
          {ENDS.map((side) => (
            <g key={side} className="[&>*]:[vector-effect:non-scaling-stroke]">
              <circle cx={endDots.x * end} cy={endDots.y * side} r={circleRadius} className="stroke-accent-text/40" />
              <circle cx={endDots.x * end} cy={endDots.y * side} r="1" className="fill-accent-text/50" />
              <circle cx={neutralDots.x * end} cy={neutralDots.y * side} r="1" className="fill-accent-text/50" />
            </g>
          ))}
        </g>
      ))}
    </g>
  );
}

function Trapezoid({
  sheet,
  end,
  atLine,
  atBoards,
}: {
  sheet: RinkSheet;
  end: number;
  atLine: number;
  atBoards: number;
}) {
  const { goalLine, halfLength } = sheet;
  return (
    <path
      d={ENDS.map((side) => `M${goalLine * end},${atLine * side}L${halfLength * end},${atBoards * side}`).join('')}
      className="stroke-accent-text/40"
    />
  );
}

/** The drawing's frame as SVG wants it. */
export const viewBoxOf = (sheet: RinkSheet): string => {
  const { left, top, width, height } = frameOf(sheet);
  return `${left} ${top} ${width} ${height}`;
};
