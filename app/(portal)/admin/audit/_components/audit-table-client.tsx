'use client';

import { FileDiff } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { IconButton } from '#app/_ui/button.tsx';
import {
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
            <TableHeaderCell key={column}>{t(`columns.${column}`)}</TableHeaderCell>
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
      <TableCell className="whitespace-nowrap tabular-nums">
        <time dateTime={entry.at}>
          {format.dateTime(new Date(entry.at), { dateStyle: 'medium', timeStyle: 'medium' })}
        </time>
      </TableCell>
      <TableCell className="min-w-32">{actor}</TableCell>
      <TableCell className="whitespace-nowrap">{words}</TableCell>
      <TableCell className="max-w-72 min-w-40">
        <code className="text-xs break-all">{entry.target_id}</code>
      </TableCell>
      <TableCell>{entry.team_codes.length > 0 ? entry.team_codes.join(', ') : none}</TableCell>
      <TableCell className="whitespace-nowrap">{entry.ip ?? none}</TableCell>
      <TableCell className="py-1 text-right">
        <IconButton size="sm" label={t('open', { action: words })} onClick={onOpen}>
          <FileDiff aria-hidden />
        </IconButton>
      </TableCell>
    </TableRow>
  );
}
