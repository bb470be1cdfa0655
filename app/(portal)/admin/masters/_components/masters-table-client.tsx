'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { clipsHref } from '#app/_client/clip-query.ts';
import { formatBytes } from '#app/_i18n/byte-format.ts';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { periodShortName } from '#app/_i18n/hockey-words.ts';
import { Badge, type BadgeTone } from '#app/_ui/badge.tsx';
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
import type { MasterJson, MasterStatus } from '#lib/masters/master-schemas.ts';
import { DeleteMaster } from './delete-master-client.tsx';

const TONES: Record<MasterStatus, BadgeTone> = { uploading: 'info', ready: 'success', failed: 'danger' };

export function MasterStatusBadge({ master }: { master: MasterJson }) {
  const t = useTranslations('masters.status');
  return (
    <Badge tone={TONES[master.status]} title={master.error_message ?? undefined}>
      {t(master.status)}
    </Badge>
  );
}

export function MastersTable({ masters }: { masters: readonly MasterJson[] }) {
  const t = useTranslations('masters');
  const columns = useTranslations('masters.columns');
  const [leaving, setLeaving] = useState<MasterJson | null>(null);
  return (
    <>
      <Table label={t('table')}>
        <TableHead>
          <tr>
            <TableHeaderCell>{columns('team')}</TableHeaderCell>
            <TableHeaderCell>{columns('season')}</TableHeaderCell>
            <TableHeaderCell>{columns('game')}</TableHeaderCell>
            <TableHeaderCell>{columns('period')}</TableHeaderCell>
            <TableHeaderCell>{columns('file')}</TableHeaderCell>
            <TableHeaderCell className="text-right">{columns('size')}</TableHeaderCell>
            <TableHeaderCell className="text-right">{columns('duration')}</TableHeaderCell>
            <TableHeaderCell className="text-right">{columns('frameRate')}</TableHeaderCell>
            <TableHeaderCell className="text-right">{columns('clips')}</TableHeaderCell>
            <TableHeaderCell>{columns('status')}</TableHeaderCell>
            <TableActionsHeaderCell label={columns('actions')} />
          </tr>
        </TableHead>
        <TableBody>
          {masters.map((master) => (
            <MasterRow key={master.id} master={master} onDelete={() => setLeaving(master)} />
          ))}
        </TableBody>
      </Table>
      {leaving ? <DeleteMaster master={leaving} onClose={() => setLeaving(null)} /> : null}
    </>
  );
}

function MasterRow({ master, onDelete }: { master: MasterJson; onDelete: () => void }) {
  const t = useTranslations('masters');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const none = <span className="text-faint">{t('none')}</span>;
  return (
    <TableRow className="hover:bg-hover">
      <TableCell className="font-medium">{master.team_code}</TableCell>
      <TableCell className="whitespace-nowrap">{master.season}</TableCell>
      <TableCell>{master.game_id}</TableCell>
      <TableCell>{master.period === null ? none : periodShortName(hockey, master.period)}</TableCell>
      <TableCell className="max-w-md min-w-56">
        <Link
          href={`/admin/masters/${master.id}`}
          aria-label={t('open', { name: master.filename })}
          className="inline-flex min-h-6 items-center rounded break-all underline decoration-line-strong underline-offset-3 hover:decoration-current"
        >
          {master.filename}
        </Link>
      </TableCell>
      <TableCell className="text-right whitespace-nowrap">{formatBytes(master.size_bytes)}</TableCell>
      <TableCell className="text-right">
        {master.duration_s === null ? none : formatDuration(master.duration_s)}
      </TableCell>
      <TableCell className="text-right">
        {master.frame_rate === null ? none : format.number(master.frame_rate, { maximumFractionDigits: 2 })}
      </TableCell>
      <TableCell className="text-right">
        {master.clip_count === 0 ? (
          '0'
        ) : (
          <Link
            href={clipsHref({ filters: { master_id: master.id } })}
            prefetch={false}
            className="inline-flex min-h-6 min-w-6 items-center justify-end rounded underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {master.clip_count}
          </Link>
        )}
      </TableCell>
      <TableCell>
        <MasterStatusBadge master={master} />
      </TableCell>
      <TableCell className="py-1 text-right">
        <IconButton size="sm" label={t('delete.action', { name: master.filename })} onClick={onDelete}>
          <Trash2 aria-hidden />
        </IconButton>
      </TableCell>
    </TableRow>
  );
}
