'use client';

import { Ban, Webhook } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'use-intl';
import { Badge } from '#app/_ui/badge.tsx';
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
          {withUser ? <TableHeaderCell>{t('columns.user')}</TableHeaderCell> : null}
          <TableHeaderCell>{t('columns.scope')}</TableHeaderCell>
          <TableHeaderCell>{t('columns.expires')}</TableHeaderCell>
          <TableHeaderCell>{t('columns.used')}</TableHeaderCell>
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
      <TableCell className="min-w-40">
        <span className="block font-medium break-words">{apiKey.name}</span>
        <code className="block text-xs text-muted">{apiKey.hint}…</code>
        {/* In the first column: on a phone the last one is out of sight. */}
        {apiKey.can_revoke && status === 'active' ? (
          <Link
            href={`/keys/${apiKey.id}/webhooks`}
            aria-label={t('webhooksOf', { name: apiKey.name })}
            className="-mb-1 inline-flex h-7 items-center gap-1.5 rounded text-xs underline underline-offset-2"
          >
            <Webhook aria-hidden className="size-3.5" />
            {t('webhooks')}
          </Link>
        ) : null}
      </TableCell>
      {withUser ? (
        <TableCell className="min-w-40">
          <span className="block">{apiKey.user.name}</span>
          <span className="text-xs text-muted">{apiKey.user.email}</span>
        </TableCell>
      ) : null}
      <TableCell className="whitespace-nowrap">{t(`scope.${apiKey.scope}`)}</TableCell>
      <TableCell className="whitespace-nowrap">{day(apiKey.expires_at)}</TableCell>
      <TableCell className="whitespace-nowrap">{day(apiKey.last_used_at)}</TableCell>
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
