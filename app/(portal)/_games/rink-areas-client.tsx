'use client';

import { useMemo } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '#app/_ui/table.tsx';
import type { RinkBox } from '#lib/plays/play-field-schemas.ts';
import { isInBox, RINK_AREAS, type RinkArea } from '#lib/plays/rink-schemas.ts';
import { isSameBox } from './rink-geometry.ts';
import type { PlacedPlay } from './rink-marks.ts';

const AREAS = Object.keys(RINK_AREAS) as RinkArea[];

interface RinkAreasProps {
  plays: readonly PlacedPlay[];
  box: RinkBox | null;
  onBox: (box: RinkBox | null) => void;
}

/** The rink in numbers: how many plays lie where. A row narrows to its place, and again to all. */
export function RinkAreas({ plays, box, onBox }: RinkAreasProps) {
  const t = useTranslations('rink');
  const format = useFormatter();
  const rows = useMemo(
    () =>
      AREAS.map((area) => {
        const inside = plays.filter(({ x_ft, y_ft }) => isInBox(RINK_AREAS[area], x_ft, y_ft));
        const of = (outcome: string) => inside.filter((play) => play.outcome === outcome).length;
        return { area, all: inside.length, successful: of('successful'), failed: of('failed') };
      }),
    [plays],
  );
  return (
    <Table label={t('table')}>
      <caption className="sr-only">{t('table')}</caption>
      <TableHead>
        <TableRow>
          <TableHeaderCell>{t('place')}</TableHeaderCell>
          <TableHeaderCell className="text-right">{t('plays')}</TableHeaderCell>
          <TableHeaderCell className="text-right">{t('marks.successful')}</TableHeaderCell>
          <TableHeaderCell className="text-right">{t('marks.failed')}</TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ area, all, successful, failed }) => {
          const isOn = isSameBox(box, RINK_AREAS[area]);
          return (
            <TableRow key={area} className={isOn ? 'bg-accent-soft' : 'hover:bg-hover'}>
              <th scope="row" className="p-0 font-normal">
                <button
                  type="button"
                  aria-pressed={isOn}
                  onClick={() => onBox(isOn ? null : RINK_AREAS[area])}
                  className="min-h-9 w-full px-3 py-1.5 text-left pointer-coarse:min-h-11"
                >
                  {t(`areas.${area}`)}
                </button>
              </th>
              <TableCell className="py-1.5 text-right">{format.number(all)}</TableCell>
              <TableCell className="py-1.5 text-right">{format.number(successful)}</TableCell>
              <TableCell className="py-1.5 text-right">{format.number(failed)}</TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
