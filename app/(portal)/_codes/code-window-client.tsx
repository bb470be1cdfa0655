'use client';

import './code-window.css';
import { ChevronDown, ChevronRight, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Kbd } from '#app/_ui/kbd.tsx';
import { Select } from '#app/_ui/select.tsx';
import type { CodeButton } from '#lib/code-windows/code-window-schemas.ts';
import { capOfKey } from './button-draft.ts';
import { type CodeDialog, CodeDialogs } from './code-dialogs-client.tsx';
import { CodeMenu } from './code-menu-client.tsx';
import type { CodeWindowState, ShownWindow } from './use-code-window.ts';

interface CodeWindowProps {
  codes: CodeWindowState;
  team: string;
  /** Whether the reader changes what others share. */
  canManage: boolean;
}

/** Whether the reader may change a window: one's own, the one for who has none, and as an admin any that is shared. */
const mayChange = ({ saved }: ShownWindow, canManage: boolean) => saved === null || saved.is_own || canManage;

/** Large buttons, each of which marks a clip of its own kind round the moment on screen. It folds away. */
export function CodeWindow({ codes, team, canManage }: CodeWindowProps) {
  const t = useTranslations('codes');
  const [dialog, setDialog] = useState<CodeDialog | null>(null);
  const { shown, offered, isFolded } = codes;
  const edit = () => setDialog({ kind: 'edit', window: shown });
  const FoldIcon = isFolded ? ChevronRight : ChevronDown;
  return (
    <section
      aria-labelledby="code-window"
      data-open={isFolded ? undefined : ''}
      className="code-window mt-2 rounded-lg border border-line bg-surface p-2"
    >
      <div className="flex flex-wrap items-center gap-1.5">
        <IconButton
          size="sm"
          label={t(isFolded ? 'unfold' : 'fold')}
          aria-expanded={!isFolded}
          onClick={() => codes.fold(!isFolded)}
        >
          <FoldIcon aria-hidden />
        </IconButton>
        <h2 id="code-window" className={isFolded ? 'text-sm font-semibold' : 'sr-only'}>
          {t('heading')}
        </h2>
        {isFolded ? (
          <p className="min-w-0 flex-1 truncate text-[0.8125rem] text-muted">{t('folded')}</p>
        ) : (
          <>
            <Select
              label={t('choose')}
              className="h-8 w-auto max-w-56 min-w-32 flex-1 sm:flex-none"
              value={shown.id}
              onValueChange={codes.choose}
              options={offered.map((window) => ({ value: window.id, label: nameIn(window) }))}
            />
            <span className="flex-1" />
            {mayChange(shown, canManage) ? (
              <Button size="sm" variant="ghost" onClick={edit}>
                <Pencil aria-hidden />
                {shown.saved ? t('menuItem.edit') : t('adapt')}
              </Button>
            ) : null}
            <CodeMenu codes={codes} team={team} canManage={canManage} onDialog={setDialog} />
          </>
        )}
      </div>
      {isFolded ? null : (
        <fieldset className="mt-2">
          <legend className="sr-only">{t('buttons')}</legend>
          <div className="code-grid">
            {shown.buttons.map((button) => (
              <BigButton key={`${shown.id} ${button.label}`} button={button} codes={codes} />
            ))}
          </div>
        </fieldset>
      )}
      <CodeDialogs dialog={dialog} team={team} onChosen={codes.choose} onDialog={setDialog} />
    </section>
  );

  function nameIn({ name, saved }: ShownWindow): string {
    if (!saved?.is_shared) return name;
    if (saved.is_own) return t('sharedByMe', { name });
    return saved.owner_name ? t('sharedBy', { name, owner: saved.owner_name }) : t('sharedByNobody', { name });
  }
}

function BigButton({ button, codes }: { button: CodeButton; codes: CodeWindowState }) {
  const t = useTranslations('codes');
  const { label, key, color, lead_s, lag_s } = button;
  const [count, flash] = [codes.madeBy(button), codes.flashOf(button)];
  return (
    <button
      type="button"
      className="code-button code-color"
      data-color={color}
      aria-keyshortcuts={key ?? undefined}
      onClick={() => codes.press(button)}
    >
      {flash === null ? null : <span key={flash} aria-hidden className="code-flash" />}
      <span className="max-w-full text-sm leading-tight font-semibold wrap-anywhere">{label}</span>
      <span className="flex w-full items-center gap-1 text-xs whitespace-nowrap text-muted tabular-nums">
        <span>{t('reach', { lead: String(lead_s), lag: String(lag_s) })}</span>
        {count > 0 ? (
          <span className="rounded-full bg-surface px-1.5 font-semibold text-text">
            <span aria-hidden>{count}</span>
            <span className="sr-only">{t('made', { count })}</span>
          </span>
        ) : null}
        <span className="flex-1" />
        {key ? <Kbd className="shrink-0">{capOfKey(key)}</Kbd> : null}
      </span>
    </button>
  );
}
