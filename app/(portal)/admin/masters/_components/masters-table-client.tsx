'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { clipsHref } from '#app/_client/clip-query.ts';
import { formatBytes } from '#app/_i18n/byte-format.ts';
import { formatDuration, formatGameDate } from '#app/_i18n/clip-formats.ts';
import { periodShortName, statusName } from '#app/_i18n/hockey-words.ts';
import { Badge, type BadgeTone } from '#app/_ui/badge.tsx';
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
import { GameTeams } from '#app/(portal)/_clubs/clubs-client.tsx';
import { type GameGroup, groupByGame } from '#app/(portal)/_masters/game-groups.ts';
import type { MasterJson, MasterStatus } from '#lib/masters/master-schemas.ts';
import { DeleteMaster } from './delete-master-client.tsx';
import { MasterMenu } from './master-menu-client.tsx';

const TONES: Record<MasterStatus, BadgeTone> = { uploading: 'info', ready: 'success', failed: 'danger' };

export function MasterStatusBadge({ master }: { master: MasterJson }) {
  const hockey = useTranslations('hockey');
  return (
    <Badge tone={TONES[master.status]} title={master.error_message ?? undefined}>
      {statusName(hockey, master.status)}
    </Badge>
  );
}

const COLUMNS = 8;
const ROOM = { size: GIVES_WAY[42], frameRate: GIVES_WAY[56], duration: GIVES_WAY[32], status: GIVES_WAY[32] };

/** Masters, game by game, each game's by period. */
export function MastersTable({ masters, label }: { masters: readonly MasterJson[]; label: string }) {
  const columns = useTranslations('masters.columns');
  const [leaving, setLeaving] = useState<MasterJson | null>(null);
  return (
    <>
      <Table label={label}>
        <TableHead>
          <tr>
            <TableHeaderCell>{columns('period')}</TableHeaderCell>
            <TableHeaderCell>{columns('file')}</TableHeaderCell>
            <TableHeaderCell className={cn('text-right', ROOM.size)}>{columns('size')}</TableHeaderCell>
            <TableHeaderCell className={cn('text-right', ROOM.duration)}>{columns('duration')}</TableHeaderCell>
            <TableHeaderCell className={cn('text-right', ROOM.frameRate)}>{columns('frameRate')}</TableHeaderCell>
            <TableHeaderCell className="text-right">{columns('clips')}</TableHeaderCell>
            <TableHeaderCell className={ROOM.status}>{columns('status')}</TableHeaderCell>
            <TableActionsHeaderCell label={columns('actions')} />
          </tr>
        </TableHead>
        {groupByGame(masters).map((group) => (
          <TableBody key={group.key}>
            <GameRow group={group} />
            {group.masters.map((master) => (
              <MasterRow key={master.id} master={master} onDelete={() => setLeaving(master)} />
            ))}
          </TableBody>
        ))}
      </Table>
      {leaving ? <DeleteMaster master={leaving} onClose={() => setLeaving(null)} /> : null}
    </>
  );
}

/** Which game the rows below are of. */
function GameRow({ group }: { group: GameGroup<MasterJson> }) {
  const t = useTranslations('masters');
  const format = useFormatter();
  const { team, opponent, season, gameId, gameDate } = group;
  return (
    <TableRow className="border-t border-line bg-raised">
      <th scope="rowgroup" colSpan={COLUMNS} className="px-3 py-2 text-left text-[0.8125rem] font-semibold">
        <GameTeams team={team} opponent={opponent} />
        <span className="ml-3 font-normal text-muted">
          {[gameDate ? formatGameDate(format, gameDate) : null, t('game', { season, game: gameId })]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </th>
    </TableRow>
  );
}

function MasterRow({ master, onDelete }: { master: MasterJson; onDelete: () => void }) {
  const t = useTranslations('masters');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const none = <span className="text-faint">{t('none')}</span>;
  const duration = master.duration_s === null ? null : formatDuration(master.duration_s);
  return (
    <TableRow className="hover:bg-hover">
      <TableCell>{master.period === null ? none : periodShortName(hockey, master.period)}</TableCell>
      <TableCell className="max-w-md">
        <Link
          href={`/admin/masters/${master.id}`}
          aria-label={t('open', { name: master.filename })}
          className="inline-flex min-h-6 items-center rounded break-all underline decoration-line-strong underline-offset-3 hover:decoration-current pointer-coarse:min-h-11"
        >
          {master.filename}
        </Link>
        {master.status === 'failed' && master.error_message ? (
          <p className="text-xs text-danger">{master.error_message}</p>
        ) : null}
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted @lg:hidden">
          {[formatBytes(format, master.size_bytes), duration].filter(Boolean).join(' · ')}
          {master.status === 'ready' ? null : <MasterStatusBadge master={master} />}
        </p>
      </TableCell>
      <TableCell className={cn('text-right whitespace-nowrap', ROOM.size)}>
        {formatBytes(format, master.size_bytes)}
      </TableCell>
      <TableCell className={cn('text-right', ROOM.duration)}>{duration ?? none}</TableCell>
      <TableCell className={cn('text-right', ROOM.frameRate)}>
        {master.frame_rate === null ? none : format.number(master.frame_rate, { maximumFractionDigits: 2 })}
      </TableCell>
      <TableCell className="text-right">
        <ClipCount master={master} />
      </TableCell>
      <TableCell className={ROOM.status}>
        <MasterStatusBadge master={master} />
      </TableCell>
      <TableCell className="px-1 py-1 text-right">
        <MasterMenu master={master} onDelete={onDelete} />
      </TableCell>
    </TableRow>
  );
}

function ClipCount({ master }: { master: MasterJson }) {
  if (master.clip_count === 0) return '0';
  return (
    <Link
      href={clipsHref({ filters: { master_id: master.id } })}
      prefetch={false}
      className="inline-flex min-h-6 min-w-6 items-center justify-end rounded underline decoration-line-strong underline-offset-3 hover:decoration-current pointer-coarse:min-h-11 pointer-coarse:min-w-11"
    >
      {master.clip_count}
    </Link>
  );
}
