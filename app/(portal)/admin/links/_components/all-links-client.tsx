'use client';

import { useQuery } from '@tanstack/react-query';
import { Link2Off } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { allLinksOptions } from '#app/_client/link-queries.ts';
import { LinkList } from '#app/_links/reel-links-client.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import type { LinkListJson } from '#lib/links/link-schemas.ts';

/** Every link that opens something, to be taken back. */
export function AllLinks({ first }: { first: LinkListJson }) {
  const t = useTranslations('links');
  const { data } = useQuery({ ...allLinksOptions(), initialData: first });
  return (
    <>
      <PageHeader title={t('allTitle')} description={t('lead')} />
      {data.links.length > 0 ? (
        <LinkList links={data.links} label={t('allTable')} isOfReels />
      ) : (
        <EmptyState icon={<Link2Off />} title={t('allNone')} description={t('allNoneHint')} />
      )}
    </>
  );
}
