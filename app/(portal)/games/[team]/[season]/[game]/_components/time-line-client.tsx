'use client';

import { type CSSProperties, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { clockText } from '#app/_i18n/clip-formats.ts';
import { eventName, periodShortName } from '#app/_i18n/hockey-words.ts';
import { ToggleGroup } from '#app/_ui/toggle-group.tsx';
import type { PlayJson } from '#lib/plays/play-field-schemas.ts';
import { type LineColors, paintTimeLine } from './paint-time-line.ts';
import type { PlayWindow } from './play-window.ts';
import { inView, LANES, type Lane, type Line, layOut, nearestPlay, type Stretch } from './time-line-layout.ts';

interface TimeLineProps {
  /** All of the game that the reader sees: what the line is made of. */
  all: readonly PlayJson[];
  /** Whether that is all there is. */
  isWhole: boolean;
  /** Those that are shown. */
  plays: readonly PlayJson[];
  selected: PlayJson | null;
  window: PlayWindow;
  onPick: (play: PlayJson) => void;
}

const WHOLE: Stretch = { from: 0, to: 1 };

/**
 * The whole game in one line, period after period: when it was decided, and what the shown plays have to do with it. A
 * period by itself is one press away.
 */
export function TimeLine({ all, isWhole, plays, selected, window: reach, onPick }: TimeLineProps) {
  const t = useTranslations('games.line');
  const line = useMemo(() => layOut(all, isWhole), [all, isWhole]);
  const [zoomed, setZoomed] = useState<string | null>(null);
  const view = line.periods.find(({ period }) => String(period) === zoomed) ?? WHOLE;
  return (
    <section aria-label={t('label')} className="game-line">
      <div className="game-line-head">
        <PeriodChoice line={line} zoomed={zoomed} onZoom={setZoomed} />
        <Legend />
      </div>
      <Marks line={line} view={view} onPick={onPick} />
      <Lanes line={line} view={view} plays={plays} selected={selected} reach={reach} onPick={onPick} />
    </section>
  );
}

function PeriodChoice(props: { line: Line; zoomed: string | null; onZoom: (period: string | null) => void }) {
  const { line, zoomed, onZoom } = props;
  const t = useTranslations('games.line');
  const hockey = useTranslations('hockey');
  const periods = line.periods.flatMap(({ period, isFilmed }) => (period === null ? [] : [{ period, isFilmed }]));
  // Of a game without film the picture's place says so already.
  const isSome = line.periods.some(({ isFilmed }) => isFilmed);
  const nameOf = ({ period, isFilmed }: { period: number; isFilmed: boolean }) =>
    isFilmed || !isSome ? periodShortName(hockey, period) : t('noFilm', { period: periodShortName(hockey, period) });
  return (
    <ToggleGroup
      label={t('periods')}
      value={zoomed ?? 'all'}
      options={[
        { value: 'all', label: t('all') },
        ...periods.map((each) => ({ value: String(each.period), label: nameOf(each) })),
      ]}
      onChange={(value) => onZoom(value === 'all' ? null : value)}
    />
  );
}

/** What each lane holds, in its colour; from the top, as the lanes are. */
function Legend() {
  const t = useTranslations('games.line');
  return (
    <ul aria-label={t('legend')} className="game-line-legend">
      {LANES.map((lane) => (
        <li key={lane} data-lane={lane}>
          {t(`lane.${lane}`)}
        </li>
      ))}
    </ul>
  );
}

const leftOf = (at: number, view: Stretch): CSSProperties => ({ left: `${inView(at, view) * 100}%` });
/** At its place, but whole: a goal of the first or the last seconds stands at the end of the line. */
const leftOfMark = (at: number, view: Stretch): CSSProperties => ({
  left: `clamp(1.375rem, ${inView(at, view) * 100}%, 100% - 1.375rem)`,
});
const isInView = (at: number, view: Stretch) => at >= view.from && at <= view.to;

/** Goals, with the score that they make where it is known, and penalties. */
function Marks({ line, view, onPick }: { line: Line; view: Stretch; onPick: (play: PlayJson) => void }) {
  const t = useTranslations('games.line');
  const hockey = useTranslations('hockey');
  return (
    <div className="game-line-marks">
      {line.marks
        .filter(({ at }) => isInView(at, view))
        .map(({ play, at, kind, score }) => (
          <button
            key={play.id}
            type="button"
            data-kind={kind}
            style={leftOfMark(at, view)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(play)}
            title={`${play.acting_team ?? ''} ${eventName(hockey, play.name)} ${clockText(play.clock_s)} ${play.player_name ?? ''}`}
          >
            <span className="sr-only">{`${play.acting_team ?? ''} ${eventName(hockey, play.name)} `}</span>
            {score ? `${score.own}–${score.other}` : <span aria-hidden>{kind === 'goal' ? t('goalMark') : 'P'}</span>}
          </button>
        ))}
    </div>
  );
}

/** Reads the theme's colours where they stand: off the legend. */
function colorsOf(canvas: HTMLCanvasElement): LineColors {
  const legend = canvas.closest('.game-line');
  const colorOf = (lane: Lane) => {
    const entry = legend?.querySelector(`[data-lane="${lane}"]`);
    return entry ? getComputedStyle(entry, '::before').backgroundColor : '';
  };
  const { color, borderTopColor } = getComputedStyle(canvas);
  const lanes = Object.fromEntries(LANES.map((lane) => [lane, colorOf(lane)])) as Record<Lane, string>;
  return { lanes, stoppage: color, line: borderTopColor };
}

/** Paints anew when what is painted, its size or the theme changes. */
function usePainting(canvasRef: RefObject<HTMLCanvasElement | null>, paint: (canvas: HTMLCanvasElement) => void): void {
  useEffect(() => {
    const canvas = canvasRef.current;
    if (!canvas) return;
    const again = () => paint(canvas);
    const sizes = new ResizeObserver(again);
    sizes.observe(canvas);
    const themes = new MutationObserver(again);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const wish = matchMedia('(prefers-color-scheme: dark)');
    wish.addEventListener('change', again);
    return () => {
      sizes.disconnect();
      themes.disconnect();
      wish.removeEventListener('change', again);
    };
  }, [canvasRef, paint]);
}

interface LanesProps {
  line: Line;
  view: Stretch;
  plays: readonly PlayJson[];
  selected: PlayJson | null;
  reach: PlayWindow;
  onPick: (play: PlayJson) => void;
}

/** The shown plays, each in the lane of its kind; a click goes to the nearest. */
function Lanes({ line, view, plays, selected, reach, onPick }: LanesProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const paint = useMemo(
    () => (canvas: HTMLCanvasElement) => paintTimeLine(canvas, { plays, line, view, colors: colorsOf(canvas) }),
    [plays, line, view],
  );
  usePainting(canvasRef, paint);
  const at = selected ? line.places.get(selected.id) : undefined;
  const from = at === undefined ? 0 : at - reach.leadS / line.lastsS;
  return (
    <div className="game-line-lanes">
      <canvas
        ref={canvasRef}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const lane = LANES[Math.floor(((event.clientY - box.top) / box.height) * LANES.length)];
          const play = nearestPlay(plays, line, view, { at: (event.clientX - box.left) / box.width, lane });
          if (play) onPick(play);
        }}
      />
      {at !== undefined && isInView(at, view) ? (
        <>
          <span
            className="game-line-window"
            style={{
              ...leftOf(from, view),
              width: `${((reach.leadS + reach.lastsS + reach.lagS) / line.lastsS / (view.to - view.from)) * 100}%`,
            }}
          />
          <span className="game-line-here" style={leftOf(at, view)} />
        </>
      ) : null}
    </div>
  );
}
