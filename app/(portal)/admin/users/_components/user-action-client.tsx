'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { makeLinkOptions, saveUserOptions } from '#app/_client/people-mutations.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { toast } from '#app/_ui/toast.ts';
import { ShownOnce } from '#app/(portal)/_components/shown-once-client.tsx';
import type { UserJson } from '#lib/users/people-schemas.ts';

export type UserActionKind = 'invite' | 'reset' | 'disable' | 'enable';

interface UserActionProps {
  user: UserJson;
  kind: UserActionKind;
  onClose: () => void;
}

/** What a button of a row does: asks where it hurts, then does it, and shows a link where there is one. */
export function UserAction({ user, kind, onClose }: UserActionProps) {
  const t = useTranslations('people');
  const common = useTranslations('common.action');
  const format = useFormatter();
  const link = useMutation(makeLinkOptions());
  const save = useMutation(saveUserOptions(useQueryClient()));
  const onError = (error: Error) => {
    toast.error(error.message);
    onClose();
  };
  const run = () => {
    if (kind === 'invite' || kind === 'reset') return link.mutate({ id: user.id, purpose: kind }, { onError });
    const fields = { disabled: kind === 'disable' };
    return save.mutate({ id: user.id, fields }, { onError, onSuccess: onClose });
  };
  // What needs no question begins at once, and once: effects run twice in development.
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || kind === 'reset' || kind === 'disable') return;
    begun.current = true;
    run();
  });
  if (link.data) {
    const date = format.dateTime(new Date(link.data.expires_at), { dateStyle: 'long' });
    return (
      <ShownOnce
        title={t(kind === 'reset' ? 'link.resetTitle' : 'link.inviteTitle', { name: user.name })}
        description={t('link.description', { date })}
        label={t('link.label')}
        secret={link.data.url}
        onClose={onClose}
      />
    );
  }
  if (kind !== 'reset' && kind !== 'disable') return null;
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`users.${kind}.title`)}
      description={t(`users.${kind}.description`, { name: user.name })}
      confirmLabel={t(`users.${kind}.confirm`)}
      cancelLabel={common('cancel')}
      destructive
      busy={link.isPending || save.isPending}
      onConfirm={run}
    />
  );
}
