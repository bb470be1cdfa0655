'use client';

import { Ban, Webhook } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'use-intl';
import { Badge } from '#app/_ui/badge.tsx';
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
import type { KeyJson } from '#lib/users/people-schemas.ts';

interface KeysTableProps {
  keys: readonly KeyJson[];
  withUser: boolean;
  onRevoke: (key: KeyJson) => void;
}

export function KeysTable({ keys, withUser, onRevoke }: KeysTableProps) {
  const t = useTranslations('people.keys');
  return (
    <Table label={t('table')}>
      <TableHead>
        <tr>
          <TableHeaderCell>{t('columns.name')}</TableHeaderCell>
          {withUser ? <TableHeaderCell className={GIVES_WAY[32]}>{t('columns.user')}</TableHeaderCell> : null}
          <TableHeaderCell className={GIVES_WAY[48]}>{t('columns.scope')}</TableHeaderCell>
          <TableHeaderCell className={GIVES_WAY[48]}>{t('columns.expires')}</TableHeaderCell>
          <TableHeaderCell className={GIVES_WAY[56]}>{t('columns.used')}</TableHeaderCell>
          <TableHeaderCell>{t('columns.status')}</TableHeaderCell>
          <TableActionsHeaderCell label={t('columns.actions')} />
        </tr>
      </TableHead>
      <TableBody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} withUser={withUser} onRevoke={() => onRevoke(key)} />
        ))}
      </TableBody>
    </Table>
  );
}

function KeyRow({ apiKey, withUser, onRevoke }: { apiKey: KeyJson; withUser: boolean; onRevoke: () => void }) {
  const t = useTranslations('people.keys');
  const format = useFormatter();
  const now = useNow();
  const day = (value: string | null) =>
    value ? (
      format.dateTime(new Date(value), { dateStyle: 'medium' })
    ) : (
      <span className="text-faint">{t('never')}</span>
    );
  const isExpired = apiKey.expires_at !== null && new Date(apiKey.expires_at) <= now;
  const status = apiKey.revoked_at ? 'revoked' : isExpired ? 'expired' : 'active';
  return (
    <TableRow className="hover:bg-hover">
      <TableCell>
        <span className="block font-medium break-words">{apiKey.name}</span>
        <code className="block text-xs text-muted">{apiKey.hint}…</code>
        <span className="block text-xs text-muted @3xl:hidden">
          {t(`scope.${apiKey.scope}`)} · {t('expiresAt')} {day(apiKey.expires_at)}
        </span>
        {withUser ? <span className="block text-xs break-all text-muted @lg:hidden">{apiKey.user.email}</span> : null}
        {/* In the first column, with what it belongs to. */}
        {apiKey.can_revoke && status === 'active' ? (
          <Link
            href={`/keys/${apiKey.id}/webhooks`}
            aria-label={t('webhooksOf', { name: apiKey.name })}
            className="-mb-1 inline-flex h-7 pointer-coarse:min-h-11 items-center gap-1.5 rounded text-xs underline underline-offset-2"
          >
            <Webhook aria-hidden className="size-3.5" />
            {t('webhooks')}
          </Link>
        ) : null}
      </TableCell>
      {withUser ? (
        <TableCell className={GIVES_WAY[32]}>
          <span className="block">{apiKey.user.name}</span>
          <span className="text-xs break-all text-muted">{apiKey.user.email}</span>
        </TableCell>
      ) : null}
      <TableCell className={cn('whitespace-nowrap', GIVES_WAY[48])}>{t(`scope.${apiKey.scope}`)}</TableCell>
      <TableCell className={cn('whitespace-nowrap', GIVES_WAY[48])}>{day(apiKey.expires_at)}</TableCell>
      <TableCell className={cn('whitespace-nowrap', GIVES_WAY[56])}>{day(apiKey.last_used_at)}</TableCell>
      <TableCell>
        <Badge tone={status === 'active' ? 'success' : 'neutral'}>{t(`status.${status}`)}</Badge>
      </TableCell>
      <TableCell className="py-1 text-right">
        {apiKey.can_revoke && status === 'active' ? (
          <IconButton size="sm" label={t('revokeAction', { name: apiKey.name })} onClick={onRevoke}>
            <Ban aria-hidden />
          </IconButton>
        ) : null}
      </TableCell>
    </TableRow>
  );
}
