'use client';

import { useTranslations } from 'use-intl';
import { PageTabs } from '#app/_ui/page-tabs.tsx';

/** The two kinds of things that lie in the trash. */
export function TrashTabs() {
  const t = useTranslations('common.nav');
  const tabs = [
    { href: '/admin/trash', text: t('clips') },
    { href: '/admin/trash/masters', text: t('masters') },
  ];
  return <PageTabs label={t('trash')} tabs={tabs} />;
}
