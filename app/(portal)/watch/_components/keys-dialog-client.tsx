'use client';

import { useTranslations } from 'use-intl';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { KEY_TABLE } from './player-keys.ts';
import type { PageKey } from './use-player-keys.ts';

export type KeysOfPage = readonly PageKey[];

interface KeysDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  pageKeys: KeysOfPage;
}

/** The key table, as the player's handler reads it; the page's own keys first. */
export function KeysDialog({ open, onOpenChange, pageKeys }: KeysDialogProps) {
  const t = useTranslations('clip.keys');
  const common = useTranslations('common.action');
  const ownCaps = new Set(pageKeys.map(({ cap }) => cap));
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
          {pageKeys.map(({ cap, text }) => (
            <KeyRow key={cap} caps={[cap]} text={text} />
          ))}
          {KEY_TABLE.map(({ id, caps }) => (
            <KeyRow key={id} caps={caps.filter((cap) => !ownCaps.has(cap))} text={t(id)} />
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

function KeyRow({ caps, text }: { caps: readonly string[]; text: string }) {
  return (
    <tr>
      <td className="py-2 pr-4 whitespace-nowrap">
        <span className="flex flex-wrap gap-1.5">
          {caps.map((cap) => (
            <KeyCap key={cap} cap={cap} />
          ))}
        </span>
      </td>
      <td className="py-2 text-muted">{text}</td>
    </tr>
  );
}

function KeyCap({ cap }: { cap: string }) {
  const t = useTranslations('common.key');
  const nameOf = (part: string) => (part === 'Space' || part === 'Shift' || part === 'Esc' ? t(part) : part);
  if (cap === '…') return <span className="text-faint">…</span>;
  return (
    <span className="flex gap-0.5">
      {cap.split(' ').map((part) => (
        <Kbd key={part} className="pointer-coarse:inline-flex">
          {nameOf(part)}
        </Kbd>
      ))}
    </span>
  );
}
