'use client';

import { FileDown, Scissors, SlidersHorizontal } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type RefObject, useId, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { GameName } from '#app/_client/game-href.ts';
import { gamePlaysText } from '#app/_client/play-query.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Sheet } from '#app/_ui/late-sheet.tsx';
import { IntoReelButton } from '#app/(portal)/_open-reel/into-reel-button-client.tsx';
import type { IntoReel } from '#app/(portal)/_open-reel/use-into-reel.tsx';
import type { PageKey } from '#app/(portal)/watch/_components/use-player-keys.ts';
import type { PlayFacetsJson } from '#lib/plays/play-list-schemas.ts';
import { PLAY_SOURCES } from '#lib/plays/play-stats-schemas.ts';
import { ActivePlayFilters } from './active-play-filters-client.tsx';
import { activePlayFilters } from './play-filter-words.ts';
import { PlaySearch } from './play-search-client.tsx';
import type { GameUrlState } from './use-game-url-state.ts';

const PlayFilters = dynamic(() => import('./play-filters-client.tsx').then((all) => all.PlayFilters));

interface PlayToolbarProps {
  game: GameName;
  state: GameUrlState;
  facets: PlayFacetsJson | undefined;
  searchRef: RefObject<HTMLInputElement | null>;
  pageKeys: readonly PageKey[];
  /** How many plays are shown; unknown while they are asked for. */
  count: number | undefined;
  marked: number;
  /** Offers to make clips of all that is shown, or marked. */
  onMake: (() => void) | null;
  /** Puts what is marked, or looked at, into the open reel. */
  into: IntoReel | null;
  onClearMarks: () => void;
}

/** Words and filters, how many plays they leave, and what to do with those. */
export function PlayToolbar(props: PlayToolbarProps) {
  const { game, state, facets, searchRef, pageKeys, count, marked, onMake, into, onClearMarks } = props;
  const t = useTranslations('games');
  const clips = useTranslations('clips');
  const common = useTranslations('common');
  const hockey = useTranslations('hockey');
  const stats = useTranslations('playStats');
  const format = useFormatter();
  const [isOpen, setIsOpen] = useState(false);
  const [isSheetOpen, setIsSheetOpen] = useState(false);
  const panelId = useId();
  const kindName = (kind: string) => (kind === 'shift' ? t('kind.shift') : t('kind.event'));
  const sourceName = (source: string) => {
    const known = PLAY_SOURCES.find((format) => format === source);
    return known ? stats(`sources.${known}`) : source;
  };
  const active = activePlayFilters(state.filters, facets, { kindName, sourceName, hockey, format });
  const panel = { filters: state.filters, facets, onChange: state.setFilters };
  const number = active.length > 0 ? <Badge tone="accent">{active.length}</Badge> : null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <PlaySearch
          inputRef={searchRef}
          words={state.words}
          pageKeys={pageKeys}
          onChange={(q) => state.setHere({ q: q || null })}
        />
        <Button className="lg:hidden" aria-haspopup="dialog" onClick={() => setIsSheetOpen(true)}>
          <SlidersHorizontal aria-hidden />
          {clips('openFilters')}
          {number}
        </Button>
        <Button
          className="hidden lg:inline-flex"
          aria-expanded={isOpen}
          aria-controls={panelId}
          onClick={() => setIsOpen(!isOpen)}
        >
          <SlidersHorizontal aria-hidden />
          {clips('openFilters')}
          {number}
        </Button>
      </div>
      <section
        id={panelId}
        aria-label={clips('filters')}
        hidden={!isOpen}
        className="scroll-thin hidden max-h-[22rem] overflow-y-auto rounded-lg border border-line bg-surface p-3 lg:[&:not([hidden])]:block"
      >
        {isOpen ? <PlayFilters {...panel} /> : null}
      </section>
      <ActivePlayFilters
        filters={state.filters}
        active={active}
        onChange={state.setFilters}
        onClear={state.clearFilters}
      />
      {state.faults.length > 0 ? (
        <p role="alert" className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
          {clips('badFilters', { names: state.faults.join(', ') })}
        </p>
      ) : null}
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
        <p role="status" className="text-[0.8125rem] font-medium text-muted">
          {count === undefined ? clips('updating') : t('count', { count })}
          {marked > 0 ? ` · ${t('marked', { count: marked })}` : ''}
        </p>
        <span className="flex-1" />
        {marked > 0 ? (
          <Button size="sm" variant="ghost" onClick={onClearMarks}>
            {t('clearMarks')}
          </Button>
        ) : null}
        {into ? <IntoReelButton into={into} disabled={!count} /> : null}
        <Button asChild size="sm" variant="ghost" title={t('exportHint')} className="pointer-coarse:min-w-11">
          <a href={`/api/v2/plays/export?${gamePlaysText(game, state.filters)}&format=sportscode`} download>
            <FileDown aria-hidden />
            <span className="max-sm:sr-only">{t('export')}</span>
          </a>
        </Button>
        {onMake ? (
          <Button size="sm" disabled={count === undefined || count + marked === 0} onClick={onMake}>
            <Scissors aria-hidden />
            {t('make.open', { count: marked > 0 ? marked : (count ?? 0) })}
          </Button>
        ) : null}
      </div>
      <Sheet
        open={isSheetOpen}
        onOpenChange={setIsSheetOpen}
        title={clips('filters')}
        closeLabel={common('action.close')}
        footer={
          <>
            <Button size="lg" onClick={state.clearFilters}>
              {clips('clearAll')}
            </Button>
            <Button size="lg" variant="primary" className="flex-1" onClick={() => setIsSheetOpen(false)}>
              {count === undefined ? common('loading') : t('showPlays', { count })}
            </Button>
          </>
        }
      >
        <PlayFilters {...panel} />
      </Sheet>
    </div>
  );
}
