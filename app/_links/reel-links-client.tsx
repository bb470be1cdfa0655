'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { reelLinksOptions, revokeLinkOptions } from '#app/_client/link-queries.ts';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { Skeleton } from '#app/_ui/skeleton.tsx';
import { toast } from '#app/_ui/toast.ts';
import { ShownOnce } from '#app/(portal)/_components/shown-once-client.tsx';
import type { LinkJson, NewLinkJson } from '#lib/links/link-schemas.ts';
import { LinkForm } from './link-form-client.tsx';

/** The links of a reel: made here, and taken back. For those who change the reel. */
export function ReelLinks({ reelId }: { reelId: string }) {
  const t = useTranslations('links');
  const { data } = useQuery(reelLinksOptions(reelId));
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<NewLinkJson | null>(null);
  const onMade = (link: NewLinkJson) => {
    setIsMaking(false);
    setMade(link);
  };
  return (
    <section className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="min-w-0">
          <h2 className="text-base font-semibold">{t('heading')}</h2>
          <p className="text-sm text-muted">{t('lead')}</p>
        </div>
        <Button onClick={() => setIsMaking(true)}>
          <Link2 aria-hidden />
          {t('make')}
        </Button>
      </div>
      {data === undefined ? (
        <Skeleton className="h-24 w-full" />
      ) : data.links.length > 0 ? (
        <LinkList links={data.links} label={t('table')} />
      ) : (
        <EmptyState className="py-8" icon={<Link2 />} title={t('none')} description={t('noneHint')} />
      )}
      {isMaking ? <LinkForm reelId={reelId} onClose={() => setIsMaking(false)} onMade={onMade} /> : null}
      {made ? (
        <ShownOnce
          title={t('once.title')}
          description={t('once.description')}
          label={t('once.label')}
          secret={made.url}
          onClose={() => setMade(null)}
        />
      ) : null}
    </section>
  );
}

interface LinkListProps {
  links: readonly LinkJson[];
  label: string;
  /** Whether they are of several reels, and each says of which. */
  isOfReels?: boolean;
}

/** Links with what they allow, and how often they were opened. */
export function LinkList({ links, label, isOfReels = false }: LinkListProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-lg border border-line bg-surface">
      {links.map((link) => (
        <LinkRow key={link.id} link={link} isOfReels={isOfReels} />
      ))}
    </ul>
  );
}

function LinkRow({ link, isOfReels }: { link: LinkJson; isOfReels: boolean }) {
  const t = useTranslations('links');
  const format = useFormatter();
  const revoking = useMutation(revokeLinkOptions(useQueryClient()));
  const dateOf = (text: string) => format.dateTime(new Date(text), { dateStyle: 'medium' });
  const state = link.revoked_at !== null ? t('revoked') : link.is_live ? null : t('expired');
  const revoke = () => revoking.mutate(link.id, { onSuccess: () => toast.success(t('revokedToast')) });
  return (
    <li className="flex items-center justify-between gap-3 p-3">
      <div className="min-w-0 text-sm">
        {isOfReels ? (
          <p className="font-medium break-words">
            {link.team_code} · {link.reel_title ?? t('privateReel')}
          </p>
        ) : null}
        <p className="flex flex-wrap items-center gap-1.5">
          <span className="break-words">
            {t('expires')} {dateOf(link.expires_at)}
          </span>
          {state === null ? null : <Badge>{state}</Badge>}
          {link.has_password ? <Badge tone="info">{t('withPassword')}</Badge> : null}
          {link.download ? <Badge tone="info">{t('withDownload')}</Badge> : null}
          {link.names ? null : <Badge tone="info">{t('withoutNames')}</Badge>}
        </p>
        <p className="mt-0.5 text-xs break-words text-muted">
          {[
            `${t('maker')} ${link.created_by.name}`,
            t('opened', { count: link.view_count }),
            link.last_used_at ? t('lastUsed', { when: dateOf(link.last_used_at) }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {link.is_live ? (
        <Button
          size="sm"
          variant="danger"
          busy={revoking.isPending}
          aria-label={t('revokeOf', { when: dateOf(link.created_at) })}
          onClick={revoke}
        >
          {t('revoke')}
        </Button>
      ) : null}
    </li>
  );
}
