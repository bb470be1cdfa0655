import { useTranslations } from 'use-intl';
import { MARK_CLASSES } from './mark-classes.ts';
import { MARKS, markPath } from './rink-marks.ts';

/** What the marks on the rink mean. */
export function RinkLegend() {
  const t = useTranslations('rink');
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {MARKS.map((mark) => (
        <li key={mark} className="flex items-center gap-1.5">
          <svg viewBox="-3.2 -3.2 6.4 6.4" aria-hidden className="size-4">
            <path d={markPath(mark)} className={MARK_CLASSES[mark]} strokeWidth="0.6" />
          </svg>
          {t(`marks.${mark}`)}
        </li>
      ))}
    </ul>
  );
}
