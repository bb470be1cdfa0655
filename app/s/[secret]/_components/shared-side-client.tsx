'use client';

import { PencilLine } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { ShownNote } from '#app/(portal)/_notes/shown-note.ts';
import type { SharedItemJson } from '#lib/links/shared-schemas.ts';

interface SharedNotesProps {
  notes: readonly ShownNote[];
  /** Where the item begins within its clip, in seconds. */
  beginsS: number;
  onGoTo: (note: ShownNote) => void;
}

/** What is noted on the item on screen, each with the way to its moment. */
export function SharedNotes({ notes, beginsS, onGoTo }: SharedNotesProps) {
  const t = useTranslations('notes');
  return (
    <section aria-label={t('heading')} className="shared-notes border-b border-line">
      <h2 className="px-3 py-2 text-sm font-semibold">{t('heading')}</h2>
      {notes.length === 0 ? (
        <p className="px-3 pb-3 text-sm text-muted">{t('empty')}</p>
      ) : (
        <ul className="pb-2">
          {notes.map((note) => {
            const at = formatDuration(note.at_s - beginsS, { exact: true });
            return (
              <li key={note.id} className="flex items-center gap-3 px-3 py-1 text-sm">
                <Button
                  size="sm"
                  className="shrink-0 tabular-nums"
                  aria-label={t('goTo', { at })}
                  onClick={() => onGoTo(note)}
                >
                  {at}
                </Button>
                <div className="min-w-0">
                  {note.text === '' ? null : <p className="wrap-anywhere whitespace-pre-line">{note.text}</p>}
                  {note.drawing ? (
                    <Badge>
                      <PencilLine aria-hidden />
                      {t('drawn')}
                    </Badge>
                  ) : null}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

interface SharedItemsProps {
  items: readonly SharedItemJson[];
  titleOf: (item: SharedItemJson) => string;
  shownId: string | null;
  onPlay: (id: string) => void;
}

/** What the reel shows, in its order. */
export function SharedItems({ items, titleOf, shownId, onPlay }: SharedItemsProps) {
  const t = useTranslations('links.shared');
  return (
    <nav aria-label={t('list')} className="flex min-h-0 flex-col">
      <h2 className="px-3 py-2 text-sm font-semibold">{t('list')}</h2>
      <ol className="scroll-thin min-h-0 flex-1 overflow-y-auto pb-1">
        {items.map((item) => (
          <li key={item.id}>
            <ItemButton
              item={item}
              title={titleOf(item)}
              isShown={item.id === shownId}
              onClick={() => onPlay(item.id)}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** How long an item lasts. */
const lastsS = ({ in_s, out_s, duration_s }: SharedItemJson): number =>
  Math.max(0, (out_s ?? duration_s) - (in_s ?? 0));

interface ItemButtonProps {
  item: SharedItemJson;
  title: string;
  isShown: boolean;
  onClick: () => void;
}

function ItemButton({ item, title, isShown, onClick }: ItemButtonProps) {
  const t = useTranslations('links.shared');
  return (
    <button
      type="button"
      disabled={!item.playback}
      aria-current={isShown || undefined}
      onClick={onClick}
      className={cn(
        'flex min-h-14 w-full items-center gap-3 px-3 py-1.5 text-left',
        isShown ? 'bg-hover' : 'hover:bg-hover',
      )}
    >
      <span className="aspect-video w-24 shrink-0 overflow-hidden rounded bg-raised">
        {item.poster_url ? <img src={item.poster_url} alt="" className="size-full object-cover" /> : null}
      </span>
      <span className="min-w-0">
        <span className="block text-sm font-medium break-words">{title}</span>
        <span className="block text-xs text-muted tabular-nums">
          {item.playback ? formatDuration(lastsS(item)) : t('notYet')}
        </span>
      </span>
    </button>
  );
}
