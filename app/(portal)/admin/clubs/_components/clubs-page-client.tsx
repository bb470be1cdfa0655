'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { ClubMark } from '#app/(portal)/_clubs/clubs-client.tsx';
import type { ClubJson } from '#lib/clubs/club-schemas.ts';
import { ClubDialog } from './club-dialog-client.tsx';

/** How clubs look. `mayEdit` says of which teams. */
export function ClubsPage({ clubs, mayEdit }: { clubs: readonly ClubJson[]; mayEdit: 'ALL' | readonly string[] }) {
  const t = useTranslations('people.clubs');
  const [edited, setEdited] = useState<ClubJson | 'new' | null>(null);
  return (
    <div className="max-w-4xl">
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          <Button variant="primary" onClick={() => setEdited('new')}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        }
      />
      {clubs.length === 0 ? <EmptyState title={t('none')} description={t('noneHint')} /> : null}
      <ul className="flex flex-col gap-2">
        {clubs.map((club) => (
          <li
            key={club.team_code}
            className="flex min-h-14 items-center gap-3 rounded-lg border border-line bg-surface px-4 py-2"
          >
            <ClubMark team={club.team_code} className={club.crest_url ? 'size-8' : 'size-4'} />
            <span className="font-semibold">{club.team_code}</span>
            <span className="min-w-0 flex-1 truncate text-muted">{club.name}</span>
            {mayEdit === 'ALL' || mayEdit.includes(club.team_code) ? (
              <Button size="sm" onClick={() => setEdited(club)} aria-label={t('edit', { team: club.team_code })}>
                {t('change')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {edited ? <ClubDialog club={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}
    </div>
  );
}
