'use client';

import { useSortable } from '@dnd-kit/sortable';
import { ArrowDown, ArrowUp, Ellipsis, Film, GripVertical, NotebookPen, Scissors, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { lengthOf } from '#app/_client/reel-changes.ts';
import { formatDuration, formatGameDate } from '#app/_i18n/clip-formats.ts';
import { periodShortName, strengthName } from '#app/_i18n/hockey-words.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#app/_ui/dropdown-menu.tsx';
import type { ReelItemJson } from '#lib/reels/reel-schemas.ts';
import { ItemNote } from './item-note-client.tsx';

interface ReelItemRowProps {
  item: ReelItemJson;
  /** Its place, and what it shows. */
  name: string;
  isShown: boolean;
  mayEdit: boolean;
  isFirst: boolean;
  isLast: boolean;
  onPlay: () => void;
  onTrim: () => void;
  onMove: (by: 1 | -1) => void;
  onNote: (note: string | null) => void;
  onRemove: () => void;
}

/** One item: its picture and facts, its note, and for those who may change it a handle and a menu. */
export function ReelItemRow(props: ReelItemRowProps) {
  const { item, name, isShown, mayEdit, onPlay, onNote } = props;
  const t = useTranslations('reels.item');
  const [isWriting, setIsWriting] = useState(false);
  const rowRef = useRef<HTMLLIElement | null>(null);
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id: item.id,
    disabled: !mayEdit,
  });
  useEffect(() => {
    // In the list alone: the page keeps the picture in sight.
    const [row, list] = [rowRef.current, rowRef.current?.parentElement];
    if (!isShown || !row || !list || list.scrollHeight <= list.clientHeight) return;
    const top = row.offsetTop - list.offsetTop;
    if (top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 3;
    }
  }, [isShown]);
  return (
    <li
      ref={(node) => {
        rowRef.current = node;
        setNodeRef(node);
      }}
      data-item-id={item.id}
      style={{ transform: transform ? `translateY(${transform.y}px)` : undefined, transition }}
      className={cn('relative bg-surface px-1 py-1.5', isShown && 'bg-hover', isDragging && 'z-10 shadow-pop')}
    >
      <div className="flex items-center gap-1">
        {mayEdit ? (
          <button
            type="button"
            ref={setActivatorNodeRef}
            {...attributes}
            {...listeners}
            aria-label={t('drag', { name })}
            className="flex h-11 w-7 shrink-0 cursor-grab touch-none items-center justify-center rounded text-faint pointer-coarse:w-11 hover:text-text"
          >
            <GripVertical aria-hidden className="size-4" />
          </button>
        ) : null}
        <ItemButton item={item} name={name} isShown={isShown} onPlay={onPlay} />
        {mayEdit ? <ItemMenu {...props} onWrite={() => setIsWriting(true)} /> : null}
      </div>
      <ItemNote
        note={item.note}
        label={t('noteOf', { name })}
        isWriting={isWriting}
        onNote={(note) => {
          setIsWriting(false);
          if (note !== item.note) onNote(note);
        }}
        onOpen={mayEdit ? () => setIsWriting(true) : null}
      />
    </li>
  );
}

function ItemButton({ item, name, isShown, onPlay }: Pick<ReelItemRowProps, 'item' | 'name' | 'isShown' | 'onPlay'>) {
  const t = useTranslations('reels.item');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const { clip } = item;
  const isTrimmed = item.in_s !== null || item.out_s !== null;
  const facts = clip
    ? [
        clip.period === null ? null : periodShortName(hockey, clip.period),
        clip.strength && strengthName(hockey, clip.strength),
        clip.opponent_code,
        clip.game_date ? formatGameDate(format, clip.game_date) : null,
        isTrimmed ? t('trimmed') : null,
        clip.playback ? null : t('notReady'),
      ]
    : [t('goneHint')];
  return (
    <button
      type="button"
      disabled={!clip?.playback}
      aria-current={isShown || undefined}
      onClick={onPlay}
      className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 rounded px-1 text-left disabled:cursor-default"
    >
      <span className="relative block aspect-video w-16 shrink-0 sm:w-20 overflow-hidden rounded bg-raised">
        {clip?.thumbnail_url ? (
          <img
            src={clip.thumbnail_url}
            alt=""
            crossOrigin="anonymous"
            loading="lazy"
            className="size-full object-cover"
          />
        ) : (
          <span className="flex size-full items-center justify-center text-faint">
            <Film aria-hidden className="size-4" />
          </span>
        )}
        {clip ? (
          <Badge tone="overlay" className="absolute right-0.5 bottom-0.5 h-4 px-1 text-[0.6875rem] tabular-nums">
            {formatDuration(lengthOf(item))}
          </Badge>
        ) : null}
      </span>
      <span className="min-w-0 flex-1">
        <span className={cn('block truncate text-sm', clip ? 'font-medium' : 'text-muted italic')}>{name}</span>
        <span className="block truncate text-xs text-muted">{facts.filter(Boolean).join(' · ')}</span>
      </span>
    </button>
  );
}

function ItemMenu(props: ReelItemRowProps & { onWrite: () => void }) {
  const { item, name, isFirst, isLast, onTrim, onMove, onRemove, onWrite } = props;
  const t = useTranslations('reels.item');
  const isWriting = useRef(false);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton size="sm" label={t('menu', { name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent
        onCloseAutoFocus={(event) => {
          // The field has the focus then, and keeps it.
          if (isWriting.current) event.preventDefault();
          isWriting.current = false;
        }}
      >
        <DropdownMenuItem disabled={!item.clip?.playback} onSelect={onTrim}>
          <Scissors aria-hidden />
          {t('trim')}
        </DropdownMenuItem>
        <DropdownMenuItem
          onSelect={() => {
            isWriting.current = true;
            onWrite();
          }}
        >
          <NotebookPen aria-hidden />
          {t('note')}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={isFirst} onSelect={() => onMove(-1)}>
          <ArrowUp aria-hidden />
          {t('up')}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={isLast} onSelect={() => onMove(1)}>
          <ArrowDown aria-hidden />
          {t('down')}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem destructive onSelect={onRemove}>
          <Trash2 aria-hidden />
          {t('remove')}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
