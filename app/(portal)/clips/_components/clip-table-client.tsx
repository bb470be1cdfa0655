'use client';

import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { type ClipQuery, clipHref } from '#app/_client/clip-query.ts';
import { cn } from '#app/_ui/cn.ts';
import { Table, TableBody, TableHead, TableHeaderCell } from '#app/_ui/table.tsx';
import { fieldsWith } from '#lib/clips/clip-field-schemas.ts';
import type { ClipSort } from '#lib/clips/clip-filter-schemas.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { COLUMNS, type Column, ROOM } from './clip-table-room.ts';
import { ClipTableRow } from './clip-table-row-client.tsx';
import { SelectBox } from './select-box-client.tsx';
import type { ClipSelection } from './use-clip-selection.ts';

const SORT_KEYS = fieldsWith('isSortKey');
const isSortKey = (column: Column): column is (typeof SORT_KEYS)[number] =>
  (SORT_KEYS as readonly Column[]).includes(column);

interface ClipTableProps {
  clips: ClipJson[];
  query: ClipQuery;
  canRetry: boolean;
  /** `null` for those who may change nothing. */
  selection: ClipSelection | null;
  onSort: (sort: ClipSort) => void;
}

/** The same rows as the cards, one line each. */
export function ClipTable({ clips, query, canRetry, selection, onSort }: ClipTableProps) {
  const t = useTranslations('clips');
  return (
    <Table label={t('title')} className="text-[0.8125rem]">
      <TableHead>
        <tr>
          {selection ? <SelectLoaded clips={clips} selection={selection} /> : null}
          {COLUMNS.map((column) => (
            <HeaderCell key={column} column={column} sort={query.sort} onSort={onSort} />
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {clips.map((clip, index) => (
          <ClipTableRow
            key={clip.clip_id}
            clip={clip}
            href={clipHref(clip.clip_id, query)}
            loading={index < 12 ? 'eager' : 'lazy'}
            canRetry={canRetry}
            onSelect={selection?.onSelect}
            selected={selection?.isSelected(clip.clip_id) ?? false}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function SelectLoaded({ clips, selection }: { clips: ClipJson[]; selection: ClipSelection }) {
  const t = useTranslations('clips.bulk');
  const count = clips.filter((clip) => selection.isSelected(clip.clip_id)).length;
  return (
    <TableHeaderCell className="px-0 @lg:px-1">
      <SelectBox
        label={t('selectLoaded')}
        checked={count === clips.length}
        mixed={count > 0 && count < clips.length}
        onSelect={selection.onSelectLoaded}
      />
    </TableHeaderCell>
  );
}

function HeaderCell({ column, sort, onSort }: { column: Column; sort: ClipSort; onSort: ClipTableProps['onSort'] }) {
  const t = useTranslations('clips');
  const classes = cn('leading-tight whitespace-normal', ROOM[column]);
  if (!isSortKey(column)) return <TableHeaderCell className={classes}>{t(`field.${column}`)}</TableHeaderCell>;
  const [ascending, descending] = [column, `-${column}`] as const;
  const Icon = sort === ascending ? ArrowUp : sort === descending ? ArrowDown : ArrowUpDown;
  const state = sort === ascending ? 'ascending' : sort === descending ? 'descending' : 'none';
  return (
    <TableHeaderCell aria-sort={state} className={classes}>
      <button
        type="button"
        onClick={() => onSort(sort === descending ? ascending : descending)}
        className="-mx-1.5 flex h-7 pointer-coarse:min-h-11 items-center gap-1 rounded px-1.5 hover:bg-hover hover:text-text"
      >
        {t(`field.${column}`)}
        <Icon aria-hidden className="size-3.5" />
      </button>
    </TableHeaderCell>
  );
}
