'use client';

import { Ban, KeyRound, MailPlus, Pencil, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Badge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
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
import { roleSchema, type UserJson } from '#lib/users/people-schemas.ts';
import { UserAction, type UserActionKind } from './user-action-client.tsx';

interface UsersTableProps {
  users: readonly UserJson[];
  onEdit: (user: UserJson) => void;
}

export function UsersTable({ users, onEdit }: UsersTableProps) {
  const t = useTranslations('people.users');
  const [action, setAction] = useState<{ user: UserJson; kind: UserActionKind } | null>(null);
  return (
    <>
      <Table label={t('table')}>
        <TableHead>
          <tr>
            <TableHeaderCell>{t('columns.name')}</TableHeaderCell>
            <TableHeaderCell className={GIVES_WAY[42]}>{t('columns.role')}</TableHeaderCell>
            <TableHeaderCell className={GIVES_WAY[42]}>{t('columns.teams')}</TableHeaderCell>
            <TableHeaderCell className={GIVES_WAY[48]}>{t('columns.player')}</TableHeaderCell>
            <TableHeaderCell className={GIVES_WAY[32]}>{t('columns.status')}</TableHeaderCell>
            <TableActionsHeaderCell label={t('columns.actions')} />
          </tr>
        </TableHead>
        <TableBody>
          {users.map((user) => (
            <UserRow
              key={user.id}
              user={user}
              onEdit={() => onEdit(user)}
              onAction={(kind) => setAction({ user, kind })}
            />
          ))}
        </TableBody>
      </Table>
      {action ? (
        <UserAction key={`${action.user.id} ${action.kind}`} {...action} onClose={() => setAction(null)} />
      ) : null}
    </>
  );
}

function StatusBadge({ user }: { user: UserJson }) {
  const t = useTranslations('people.users');
  if (user.disabled_at) return <Badge tone="danger">{t('disabled')}</Badge>;
  return user.has_password ? <Badge tone="success">{t('active')}</Badge> : <Badge tone="info">{t('invited')}</Badge>;
}

interface UserRowProps {
  user: UserJson;
  onEdit: () => void;
  onAction: (kind: UserActionKind) => void;
}

function UserRow({ user, onEdit, onAction }: UserRowProps) {
  const t = useTranslations('people');
  const roles = useTranslations('common.role');
  const known = roleSchema.safeParse(user.role).data;
  const role = known ? roles(known) : user.role;
  const teams = user.team_access.includes('ALL') ? t('allTeams') : user.team_access.join(', ');
  return (
    <TableRow className="hover:bg-hover">
      <TableCell>
        <span className="block font-medium break-words">{user.name}</span>
        <span className="text-xs break-all text-muted">{user.email}</span>
        <span className="block text-xs text-muted @2xl:hidden">
          {role} · {teams}
        </span>
        <span className="block @lg:hidden">
          <StatusBadge user={user} />
        </span>
      </TableCell>
      <TableCell className={GIVES_WAY[42]}>{role}</TableCell>
      <TableCell className={GIVES_WAY[42]}>{teams}</TableCell>
      <TableCell className={GIVES_WAY[48]}>
        {user.player_id ?? <span className="text-faint">{t('none')}</span>}
      </TableCell>
      <TableCell className={GIVES_WAY[32]}>
        <StatusBadge user={user} />
      </TableCell>
      <TableCell className="py-1 text-right whitespace-nowrap">
        {user.can_manage ? <RowActions user={user} onEdit={onEdit} onAction={onAction} /> : null}
      </TableCell>
    </TableRow>
  );
}

function RowActions({ user, onEdit, onAction }: UserRowProps) {
  const t = useTranslations('people.users.action');
  const { name } = user;
  if (user.disabled_at) {
    return (
      <IconButton size="sm" label={t('enable', { name })} onClick={() => onAction('enable')}>
        <RotateCcw aria-hidden />
      </IconButton>
    );
  }
  return (
    <>
      <IconButton size="sm" label={t('edit', { name })} onClick={onEdit}>
        <Pencil aria-hidden />
      </IconButton>
      {user.has_password ? (
        <IconButton size="sm" label={t('reset', { name })} onClick={() => onAction('reset')}>
          <KeyRound aria-hidden />
        </IconButton>
      ) : (
        <IconButton size="sm" label={t('invite', { name })} onClick={() => onAction('invite')}>
          <MailPlus aria-hidden />
        </IconButton>
      )}
      <IconButton size="sm" label={t('disable', { name })} onClick={() => onAction('disable')}>
        <Ban aria-hidden />
      </IconButton>
    </>
  );
}
