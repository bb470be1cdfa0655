'use client';

import { useTranslations } from 'use-intl';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { KEY_TABLE } from './player-keys.ts';

/** The key table, as the player's handler reads it. */
export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('clip.keys');
  const common = useTranslations('common.action');
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('title')}
      description={t('description')}
      closeLabel={common('close')}
    >
      <table className="w-full text-sm">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('key')}</th>
            <th scope="col">{t('action')}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {KEY_TABLE.map(({ id, caps }) => (
            <tr key={id}>
              <td className="py-2 pr-4 whitespace-nowrap">
                <span className="flex flex-wrap gap-1.5">
                  {caps.map((cap) => (
                    <KeyCap key={cap} cap={cap} />
                  ))}
                </span>
              </td>
              <td className="py-2 text-muted">{t(id)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

function KeyCap({ cap }: { cap: string }) {
  const t = useTranslations('common.key');
  const nameOf = (part: string) => (part === 'Space' || part === 'Shift' ? t(part) : part);
  if (cap === '…') return <span className="text-faint">…</span>;
  return (
    <span className="flex gap-0.5">
      {cap.split(' ').map((part) => (
        <Kbd key={part}>{nameOf(part)}</Kbd>
      ))}
    </span>
  );
}
