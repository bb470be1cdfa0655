'use client';

import { useTranslations } from 'use-intl';
import { PageTabs } from '#app/_ui/page-tabs.tsx';

const TABS = ['users', 'clubs', 'keys', 'links', 'audit'] as const;

/** The places of those who manage people. */
export function PeopleTabs() {
  const t = useTranslations('people.nav');
  const tabs = TABS.map((tab) => ({ href: `/admin/${tab}`, text: t(tab) }));
  return <PageTabs label={t('label')} tabs={tabs} className="mb-4" />;
}
