'use client';

import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Select } from '#app/_ui/select.tsx';
import { ToggleGroup } from '#app/_ui/toggle-group.tsx';
import type { RinkBox } from '#lib/plays/play-field-schemas.ts';
import { heatBands } from './heat-map.ts';
import { MARK_CLASSES } from './mark-classes.ts';
import { RinkAreas } from './rink-areas-client.tsx';
import { RinkBoxFields } from './rink-box-fields-client.tsx';
import { RinkDrawing, viewBoxOf } from './rink-drawing.tsx';
import {
  drawnBox,
  nearestTo,
  RINK_SHEETS,
  type RinkPoint,
  type RinkSheet,
  type RinkSheetName,
} from './rink-geometry.ts';
import { RinkLegend } from './rink-legend.tsx';
import { isPlaced, MARKS, marksPath, type PlacedPlay, type RinkPlay } from './rink-marks.ts';
import { useBoxDrag } from './use-box-drag.ts';

const VIEWS = ['dots', 'heat'] as const;
type View = (typeof VIEWS)[number];

/** How near to a play one has to press, in feet: a finger is not a needle. */
const NEAR_FT = 6;

interface RinkProps {
  /** Plays to show, with a place or without. */
  plays: readonly RinkPlay[];
  /** What is narrowed to. */
  box: RinkBox | null;
  onBox: (box: RinkBox | null) => void;
  onPlay: (id: number) => void;
  selectedId: number | null;
}

/**
 * The rink from above, the acting team attacking to the right. A box is dragged over it, typed, or taken from the table of
 * places, which says in numbers what is seen.
 */
export function Rink({ plays, box, onBox, onPlay, selectedId }: RinkProps) {
  const t = useTranslations('rink');
  const [view, setView] = useState<View>('dots');
  const [sheetName, setSheetName] = useState<RinkSheetName>('nhl');
  const sheet = RINK_SHEETS[sheetName];
  const placed = useMemo(() => plays.filter(isPlaced), [plays]);
  return (
    <section aria-label={t('label')} className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <ToggleGroup
          label={t('view')}
          value={view}
          options={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
          onChange={(value) => setView(VIEWS.find((known) => known === value) ?? view)}
        />
        <Select
          label={t('sheet')}
          value={sheetName}
          onValueChange={(value) => setSheetName(value in RINK_SHEETS ? (value as RinkSheetName) : sheetName)}
          options={Object.keys(RINK_SHEETS).map((value) => ({ value, label: t(`sheets.${value as RinkSheetName}`) }))}
          className="w-auto"
        />
        <Button variant="ghost" size="sm" disabled={box === null} onClick={() => onBox(null)}>
          {t('clear')}
        </Button>
      </div>
      <RinkIce
        sheet={sheet}
        view={view}
        plays={placed}
        box={box}
        onBox={onBox}
        selected={placed.find(({ id }) => id === selectedId) ?? null}
        onPress={(point) => {
          const play = nearestTo(placed, point, NEAR_FT);
          if (play) onPlay(play.id);
        }}
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-xs text-muted">
        {view === 'dots' ? <RinkLegend /> : <p>{t('heatHint')}</p>}
        <p>{t('placed', { placed: placed.length, all: plays.length })}</p>
      </div>
      <RinkBoxFields box={box} onBox={onBox} />
      <RinkAreas plays={placed} box={box} onBox={onBox} />
    </section>
  );
}

interface RinkIceProps {
  sheet: RinkSheet;
  view: View;
  plays: readonly PlacedPlay[];
  box: RinkBox | null;
  selected: PlacedPlay | null;
  onBox: (box: RinkBox) => void;
  onPress: (point: RinkPoint) => void;
}

function RinkIce({ sheet, view, plays, box, selected, onBox, onPress }: RinkIceProps) {
  const t = useTranslations('rink');
  const drag = useBoxDrag({ sheet, onBox, onPress });
  const shown = drag.box ?? box;
  return (
    <div>
      <svg
        viewBox={viewBoxOf(sheet)}
        className="block w-full cursor-crosshair touch-none select-none"
        role="img"
        aria-label={t('picture', { count: plays.length })}
        {...drag.handlers}
      >
        <RinkDrawing sheet={sheet} />
        {view === 'heat' ? <Heat plays={plays} sheet={sheet} /> : <Dots plays={plays} />}
        {shown ? (
          <rect
            {...drawnBox(shown, sheet)}
            data-box
            className="fill-focus/10 stroke-focus [vector-effect:non-scaling-stroke]"
            strokeWidth="2"
            strokeDasharray="6 3"
          />
        ) : null}
        {selected ? (
          <circle
            cx={selected.x_ft}
            cy={-selected.y_ft}
            r="3.5"
            className="fill-none stroke-text [vector-effect:non-scaling-stroke]"
            strokeWidth="2"
          />
        ) : null}
      </svg>
      <p aria-hidden className="flex justify-between px-1 text-xs text-faint">
        <span>{t('ownGoal')}</span>
        <span>{t('attacks')}</span>
      </p>
    </div>
  );
}

function Dots({ plays }: { plays: readonly PlacedPlay[] }) {
  const paths = useMemo(() => MARKS.map((mark) => [mark, marksPath(plays, mark)] as const), [plays]);
  return paths
    .toReversed()
    .map(([mark, path]) => (
      <path key={mark} d={path} className={MARK_CLASSES[mark]} strokeWidth={mark === 'goal' ? 0.3 : 0.5} />
    ));
}

function Heat({ plays, sheet }: { plays: readonly PlacedPlay[]; sheet: RinkSheet }) {
  const bands = useMemo(() => heatBands(plays, sheet), [plays, sheet]);
  return bands.map(({ level, path }) => (
    <path key={level} d={path} className="fill-warning" fillOpacity={0.06 + level * 0.2} />
  ));
}
