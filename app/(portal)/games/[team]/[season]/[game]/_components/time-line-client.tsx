'use client';

import { useEffect, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { periodShortName } from '#app/_i18n/hockey-words.ts';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { LANES, layOut, nearestTick } from './time-line-layout.ts';

interface TimeLineProps {
  plays: readonly PlayJson[];
  selected: PlayJson | null;
  onPick: (play: PlayJson) => void;
}

/** All periods in a row, and every play on them. */
export function TimeLine({ plays, selected, onPick }: TimeLineProps) {
  const t = useTranslations('games.line');
  const hockey = useTranslations('hockey');
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const line = useMemo(() => layOut(plays), [plays]);
  useEffect(() => {
    const canvas = canvasRef.current;
    const pen = canvas?.getContext('2d');
    if (!canvas || !pen) return;
    const { width, height } = canvas.getBoundingClientRect();
    canvas.width = width * devicePixelRatio;
    canvas.height = height * devicePixelRatio;
    pen.scale(devicePixelRatio, devicePixelRatio);
    pen.fillStyle = getComputedStyle(canvas).color;
    const laneHeight = height / LANES.length;
    for (const { at, lane, play } of line.ticks) {
      const isHere = play.id === selected?.id;
      pen.fillRect(
        at * width,
        isHere ? 0 : LANES.indexOf(lane) * laneHeight,
        isHere ? 3 : 1,
        isHere ? height : laneHeight - 2,
      );
    }
  }, [line, selected]);
  return (
    <section aria-label={t('label')} className="game-line">
      <div aria-hidden className="game-line-periods">
        {line.periods.map(({ period, from, to }) => (
          <span key={period} style={{ width: `${(to - from) * 100}%` }}>
            {period === null ? '' : periodShortName(hockey, period)}
          </span>
        ))}
      </div>
      <canvas
        ref={canvasRef}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const tick = nearestTick(line.ticks, (event.clientX - box.left) / box.width);
          if (tick) onPick(tick.play);
        }}
      />
    </section>
  );
}
