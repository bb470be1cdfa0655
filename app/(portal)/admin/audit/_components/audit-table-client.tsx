'use client';

import { FileDiff } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import {
  GIVES_WAY,
  Table,
  TableActionsHeaderCell,
  TableBody,
  TableCell,
  TableHead,
  TableHeaderCell,
  TableRow,
} from '#app/_ui/table.tsx';
import type { AuditEntryJson } from '#lib/audit/audit-schemas.ts';
import { actionKeyOf } from './audit-words.ts';

const COLUMNS = ['at', 'actor', 'action', 'target', 'teams', 'ip'] as const;
/** What gives way first is in the detail of an entry. */
const ROOM: Partial<Record<(typeof COLUMNS)[number], string>> = {
  actor: GIVES_WAY[32],
  target: GIVES_WAY[42],
  teams: GIVES_WAY[56],
  ip: GIVES_WAY[64],
};

interface AuditTableProps {
  entries: readonly AuditEntryJson[];
  onOpen: (entry: AuditEntryJson) => void;
}

export function AuditTable({ entries, onOpen }: AuditTableProps) {
  const t = useTranslations('audit');
  return (
    <Table label={t('table')}>
      <TableHead>
        <tr>
          {COLUMNS.map((column) => (
            <TableHeaderCell key={column} className={ROOM[column]}>
              {t(`columns.${column}`)}
            </TableHeaderCell>
          ))}
          <TableActionsHeaderCell label={t('columns.detail')} />
        </tr>
      </TableHead>
      <TableBody>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} onOpen={() => onOpen(entry)} />
        ))}
      </TableBody>
    </Table>
  );
}

/** Who did it, in words: there may have been nobody. */
function useActor(entry: AuditEntryJson): string {
  const t = useTranslations('audit');
  if (entry.actor_name) return entry.actor_name;
  return entry.ip === null && entry.request_id === null ? t('shell') : t('somebody');
}

function AuditRow({ entry, onOpen }: { entry: AuditEntryJson; onOpen: () => void }) {
  const t = useTranslations('audit');
  const format = useFormatter();
  const actor = useActor(entry);
  const key = actionKeyOf(entry.action);
  const words = key ? t(`action.${key}`) : entry.action;
  const none = <span className="text-faint">{t('none')}</span>;
  return (
    <TableRow className="hover:bg-hover">
      <TableCell className="tabular-nums @3xl:whitespace-nowrap">
        <time dateTime={entry.at}>
          {format.dateTime(new Date(entry.at), { dateStyle: 'medium', timeStyle: 'medium' })}
        </time>
      </TableCell>
      <TableCell className={ROOM.actor}>{actor}</TableCell>
      <TableCell>
        {words}
        <span className="block text-xs text-muted @lg:hidden">{actor}</span>
      </TableCell>
      <TableCell className={cn('max-w-72', ROOM.target)}>
        <code className="text-xs break-all">{entry.target_id}</code>
      </TableCell>
      <TableCell className={ROOM.teams}>{entry.team_codes.length > 0 ? entry.team_codes.join(', ') : none}</TableCell>
      <TableCell className={cn('whitespace-nowrap', ROOM.ip)}>{entry.ip ?? none}</TableCell>
      <TableCell className="py-1 text-right">
        <IconButton size="sm" label={t('open', { action: words })} onClick={onOpen}>
          <FileDiff aria-hidden />
        </IconButton>
      </TableCell>
    </TableRow>
  );
}
