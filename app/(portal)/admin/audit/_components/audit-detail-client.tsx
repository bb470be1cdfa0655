'use client';

import { useTranslations } from 'use-intl';
import { Dialog } from '#app/_ui/dialog.tsx';
import type { AuditEntryJson } from '#lib/audit/audit-schemas.ts';
import { actionKeyOf, changedFields } from './audit-words.ts';

/** One entry with all that is known of it; an edit as what was and what is. */
export function AuditDetail({ entry, onClose }: { entry: AuditEntryJson; onClose: () => void }) {
  const t = useTranslations('audit');
  const common = useTranslations('common.action');
  const key = actionKeyOf(entry.action);
  const fields = changedFields(entry);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={key ? t(`action.${key}`) : entry.action}
      description={t('detail.title', { id: entry.id })}
      closeLabel={common('close')}
      className="max-w-2xl"
    >
      <dl className="mb-4 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        <Fact label={t('columns.target')} value={`${entry.target_type} ${entry.target_id}`} />
        {entry.request_id ? <Fact label={t('detail.request')} value={entry.request_id} /> : null}
        {entry.api_key_id ? <Fact label={t('detail.key')} value={entry.api_key_id} /> : null}
      </dl>
      {fields.length > 0 ? <Diff fields={fields} /> : <p className="text-sm text-muted">{t('detail.nothing')}</p>}
    </Dialog>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="font-mono text-xs leading-5 break-all">{value}</dd>
    </>
  );
}

function Diff({ fields }: { fields: ReturnType<typeof changedFields> }) {
  const t = useTranslations('audit.detail');
  return (
    <table className="w-full table-fixed border-collapse text-left text-sm">
      <caption className="sr-only">{t('changes')}</caption>
      <thead className="text-xs text-muted">
        <tr>
          {(['field', 'before', 'after'] as const).map((column) => (
            <th key={column} scope="col" className="py-1 pr-3 font-medium">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-y border-line">
        {fields.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row" className="py-1.5 pr-3 align-top font-mono text-xs font-normal break-all">
              {name}
            </th>
            <td className="py-1.5 pr-3 align-top break-words">
              {before === null ? null : (
                <del className="rounded bg-danger-soft px-1 text-danger no-underline">{before}</del>
              )}
            </td>
            <td className="py-1.5 align-top break-words">
              {after === null ? null : (
                <ins className="rounded bg-success-soft px-1 text-success no-underline">{after}</ins>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
