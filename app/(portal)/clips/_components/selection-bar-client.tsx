'use client';

import { Replace, Tag, Tags, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ClipQuery } from '#app/_client/clip-query.ts';
import { inListOrder } from '#app/_client/clip-queue.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { IntoReelButton } from '#app/(portal)/_open-reel/into-reel-button-client.tsx';
import { useIntoReel } from '#app/(portal)/_open-reel/use-into-reel.tsx';
import { type AskedChange, BulkConfirm } from './bulk-confirm-client.tsx';
import { BulkTagDialog, type TagChange } from './bulk-tag-dialog-client.tsx';
import { PlayPicked } from './play-all-client.tsx';
import type { ClipSelection } from './use-clip-selection.ts';
import { useReelKey } from './use-reel-key.ts';

interface SelectionBarProps {
  selection: ClipSelection;
  /** The list's clips that are loaded, in its order. */
  loaded: readonly string[];
  query: ClipQuery;
  /** How many clips the filters find; `undefined` while that is not known, and beyond what is counted. */
  total: number | undefined;
  knownTags: readonly string[];
  /** Those that a new reel may be of. */
  teams: readonly string[];
  canDelete: boolean;
}

const TAG_ACTIONS = [
  { action: 'add_tags', icon: Tag },
  { action: 'remove_tags', icon: Tags },
  { action: 'replace_tag', icon: Replace },
] as const;

type Asking = { kind: 'tag'; action: TagChange['action'] } | { kind: 'confirm'; change: AskedChange };

/** What can be done with the ticked clips. It lies over the end of the list, and is the last thing before it ends. */
export function SelectionBar({ selection, loaded, query, total, knownTags, teams, canDelete }: SelectionBarProps) {
  const t = useTranslations('clips.bulk');
  const [asking, setAsking] = useState<Asking | null>(null);
  const into = useIntoReel(teams, () => inListOrder(selection.state.ids, loaded));
  useReelKey(into.put);
  const { state } = selection;
  const count = state.ids.size;
  const isSome = state.everything || count > 0;
  const isOpen = isSome || selection.isMode;
  const close = () => setAsking(null);
  const target = state.everything ? { filters: query.filters } : { clipIds: [...state.ids] };
  const done = () => {
    close();
    selection.onClear();
  };
  const words = state.everything ? t('everything', { count: total ?? 0 }) : t('selected', { count });
  return (
    <>
      <p role="status" className="sr-only">
        {isOpen ? words : ''}
      </p>
      {isOpen ? (
        <section
          aria-label={t('label')}
          className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 rounded-lg border border-line bg-overlay p-2 shadow-pop"
        >
          <IconButton size="sm" label={t('clear')} onClick={selection.onClear}>
            <X aria-hidden />
          </IconButton>
          <p aria-hidden className="mr-auto text-[0.8125rem] font-medium">
            {words}
          </p>
          {!state.everything && total !== undefined && total > count ? (
            <Button size="sm" variant="ghost" onClick={selection.onSelectEverything}>
              {t('selectEverything', { count: total })}
            </Button>
          ) : null}
          {state.everything ? null : <PlayPicked picked={state.ids} loaded={loaded} query={query} />}
          {state.everything ? null : <IntoReelButton into={into} disabled={count === 0} />}
          {TAG_ACTIONS.map(({ action, icon: Icon }) => (
            <Button key={action} size="sm" disabled={!isSome} onClick={() => setAsking({ kind: 'tag', action })}>
              <Icon aria-hidden />
              {t(`button.${action}`)}
            </Button>
          ))}
          {canDelete ? (
            <Button
              size="sm"
              variant="danger"
              disabled={!isSome}
              onClick={() => setAsking({ kind: 'confirm', change: { action: 'delete' } })}
            >
              <Trash2 aria-hidden />
              {t('button.delete')}
            </Button>
          ) : null}
        </section>
      ) : null}
      {isOpen ? null : into.dialog}
      {asking?.kind === 'tag' ? (
        <BulkTagDialog
          action={asking.action}
          known={knownTags}
          onClose={close}
          onTag={(change) => setAsking({ kind: 'confirm', change })}
        />
      ) : null}
      {asking?.kind === 'confirm' ? (
        <BulkConfirm target={target} change={asking.change} onClose={close} onDone={done} />
      ) : null}
    </>
  );
}
