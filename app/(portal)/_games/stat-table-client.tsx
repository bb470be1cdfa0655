'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { PlayCount } from '#lib/plays/play-stats-schemas.ts';
import { hrefOfCount, type StatsScope } from './play-stats-links.ts';

/** A number of plays, a text, or nothing that is known. */
export type StatCell = PlayCount | string | null;

export interface StatRow {
  key: string;
  name: string;
  cells: readonly StatCell[];
}

interface StatTableProps {
  scope: StatsScope;
  caption: string;
  /** What the rows are. */
  heading: string;
  columns: readonly string[];
  rows: readonly StatRow[];
}

/** Numbers that lead to their plays. */
export function StatTable({ scope, caption, heading, columns, rows }: StatTableProps) {
  const t = useTranslations('playStats');
  if (rows.length === 0) return <p className="px-4 py-3 text-sm text-muted">{t('none')}</p>;
  // Tables of as many columns stand under each other, and their numbers with them.
  const width = columns.length > 3 ? 'w-1/6' : 'w-1/5';
  return (
    <table className="w-full border-collapse text-[0.8125rem]">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-xs text-muted">
          <th scope="col" className="py-1.5 pr-2 pl-4 text-left font-medium">
            {heading}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" className={`${width} px-2 py-1.5 text-right font-medium last:pr-4`}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, cells }) => (
          <tr key={key} className="hover:bg-raised">
            <th scope="row" className="py-0.5 pr-2 pl-4 text-left font-normal">
              {name}
            </th>
            {cells.map((cell, index) => (
              <td key={columns[index]} className="px-1 py-0.5 text-right last:pr-3">
                <Cell scope={scope} cell={cell} row={name} column={columns[index] ?? ''} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const BOX = 'inline-flex min-h-7 min-w-7 items-center justify-end whitespace-nowrap px-1 pointer-coarse:min-h-11';

function Cell({
  scope,
  cell,
  row,
  column,
}: {
  scope: StatsScope;
  cell: StatCell;
  row: string;
  column: string;
}): ReactNode {
  const t = useTranslations('playStats');
  const format = useFormatter();
  if (cell === null || typeof cell === 'string') return <span className={`${BOX} text-muted`}>{cell ?? '–'}</span>;
  const value = format.number(cell.value);
  if (cell.value === 0 || cell.query === null) return <span className={`${BOX} text-faint`}>{value}</span>;
  return (
    <Link
      href={hrefOfCount(scope, cell.query)}
      prefetch={false}
      aria-label={t('count', { value, column, row })}
      className={`${BOX} rounded font-medium underline decoration-line-strong underline-offset-2 hover:bg-hover hover:decoration-current`}
    >
      {value}
    </Link>
  );
}
