'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { revokeKeyOptions } from '#app/_client/people-mutations.ts';
import { filterText, keyListOptions } from '#app/_client/people-queries.ts';
import { AlertDialog } from '#app/_ui/alert-dialog.tsx';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { KeyJson, KeyListJson } from '#lib/users/people-schemas.ts';
import { ApiFault } from './api-fault-client.tsx';
import { KeysTable } from './keys-table-client.tsx';
import { NewKeyDialog } from './new-key-dialog-client.tsx';

interface KeysPanelProps {
  first: KeyListJson;
  /** Whose keys; all in sight without one. */
  userId?: string;
}

/** Keys with what one can do with them: everybody's for an admin, one's own on the account's page. */
export function KeysPanel({ first, userId }: KeysPanelProps) {
  const t = useTranslations('people.keys');
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<KeyJson | null>(null);
  const text = filterText(userId ? { user_id: userId } : {});
  const { data, error, refetch } = useQuery({ ...keyListOptions(text), initialData: first });
  const add = (
    <Button variant="primary" onClick={() => setIsAdding(true)}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <>
      {userId ? (
        <div className="flex flex-wrap items-center justify-between gap-3 pb-3">
          <h2 className="text-base font-semibold">{t('own')}</h2>
          {add}
        </div>
      ) : (
        <PageHeader title={t('title')} description={t('count', { count: data.total })} actions={add} />
      )}
      {error ? <ApiFault error={error} onRetry={() => void refetch()} /> : null}
      {!error && data.keys.length === 0 ? (
        <EmptyState icon={<KeyRound />} title={t('empty')} description={t('emptyHint')} />
      ) : null}
      {!error && data.keys.length > 0 ? <KeysTable keys={data.keys} withUser={!userId} onRevoke={setLeaving} /> : null}
      {isAdding ? <NewKeyDialog onClose={() => setIsAdding(false)} /> : null}
      {leaving ? <RevokeKey apiKey={leaving} onClose={() => setLeaving(null)} /> : null}
    </>
  );
}

function RevokeKey({ apiKey, onClose }: { apiKey: KeyJson; onClose: () => void }) {
  const t = useTranslations('people.keys');
  const common = useTranslations('common.action');
  const revoke = useMutation(revokeKeyOptions(useQueryClient()));
  const confirm = () =>
    revoke.mutate(apiKey.id, {
      onSuccess: () => toast.success(t('revoked')),
      onError: (error) => toast.error(error.message),
      onSettled: onClose,
    });
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('revoke.title')}
      description={t('revoke.description', { name: apiKey.name })}
      confirmLabel={t('revoke.confirm')}
      cancelLabel={common('cancel')}
      destructive
      busy={revoke.isPending}
      onConfirm={confirm}
    />
  );
}
