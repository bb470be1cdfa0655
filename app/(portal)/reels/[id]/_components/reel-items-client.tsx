'use client';

import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { itemName } from '#app/(portal)/_open-reel/reel-words.ts';
import { ReelItemRow } from './reel-item-row-client.tsx';
import type { ReelEdits } from './use-reel-edits.ts';

interface ReelItemsProps {
  edits: ReelEdits;
  shownId: string | null;
  onPlay: (id: string) => void;
  onTrim: (id: string) => void;
}

/** A mouse that moves so far drags; a finger that rests so long. */
const DRAG = { mouse: { distance: 4 }, touch: { delay: 200, tolerance: 8 } };

/** The items in their order, which are moved by mouse, finger and keyboard. */
export function ReelItems({ edits, shownId, onPlay, onTrim }: ReelItemsProps) {
  const { reel, change } = edits;
  const t = useTranslations('reels');
  const hockey = useTranslations('hockey');
  const contextId = useId();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: DRAG.mouse }),
    useSensor(TouchSensor, { activationConstraint: DRAG.touch }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = reel.items.map(({ id }) => id);
  const nameOf = (id: UniqueIdentifier) => {
    const at = ids.indexOf(String(id));
    const item = reel.items[at];
    return item ? itemName({ t, hockey }, item, at) : '';
  };
  const placed = (name: UniqueIdentifier, over: UniqueIdentifier) => ({
    ...{ name: nameOf(name), at: ids.indexOf(String(over)) + 1, of: ids.length },
  });
  const announcements: Announcements = {
    onDragStart: ({ active }) => t('item.picked', { name: nameOf(active.id) }),
    onDragOver: ({ active, over }) => (over ? t('item.over', placed(active.id, over.id)) : undefined),
    onDragEnd: ({ active, over }) =>
      over ? t('item.dropped', placed(active.id, over.id)) : t('item.cancelled', { name: nameOf(active.id) }),
    onDragCancel: ({ active }) => t('item.cancelled', { name: nameOf(active.id) }),
  };
  /** Puts an item where another stands. */
  const moveTo = (id: string, to: number) => {
    const from = ids.indexOf(id);
    if (from < 0 || to < 0 || to >= ids.length || from === to) return;
    void change({ kind: 'move', id, before: ids[to > from ? to + 1 : to] ?? null });
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over) moveTo(String(active.id), ids.indexOf(String(over.id)));
  };
  return (
    <DndContext
      id={contextId}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('item.instructions') } }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy} disabled={!reel.may_edit}>
        <ol aria-label={t('item.list')} className="scroll-thin min-h-0 flex-1 divide-y divide-line overflow-y-auto">
          {reel.items.map((item, at) => (
            <ReelItemRow
              key={item.id}
              item={item}
              name={itemName({ t, hockey }, item, at)}
              isShown={item.id === shownId}
              mayEdit={reel.may_edit}
              isFirst={at === 0}
              isLast={at === ids.length - 1}
              onPlay={() => onPlay(item.id)}
              onTrim={() => onTrim(item.id)}
              onMove={(by) => moveTo(item.id, at + by)}
              onNote={(note) => void change({ kind: 'edit', id: item.id, facts: { note } })}
              onRemove={() => void change({ kind: 'remove', id: item.id })}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}
