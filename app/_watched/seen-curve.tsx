interface SeenCurveProps {
  /** Of each second how often it was seen. */
  seen: readonly number[];
  /** Says it to those who cannot see it. */
  label: string;
}

const HEIGHT = 40;

/** How often each second of a clip was seen, as steps over its time line. */
export function SeenCurve({ seen, label }: SeenCurveProps) {
  const most = Math.max(1, ...seen);
  const heightOf = (times: number) => HEIGHT - (times / most) * (HEIGHT - 2);
  const steps = seen.map((times, second) => `L${second} ${heightOf(times)}L${second + 1} ${heightOf(times)}`).join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(1, seen.length)} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-10 w-full rounded bg-raised"
    >
      <path d={`M0 ${HEIGHT}${steps}L${seen.length} ${HEIGHT}Z`} className="fill-accent/40" />
      <path
        d={`M0 ${heightOf(seen[0] ?? 0)}${steps}`}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth="1.5"
        className="stroke-accent"
      />
    </svg>
  );
}
