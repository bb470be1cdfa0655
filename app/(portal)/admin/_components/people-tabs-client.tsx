'use client';

import { useTranslations } from 'use-intl';
import { PageTabs } from '#app/_ui/page-tabs.tsx';

const TABS = ['users', 'keys', 'audit'] as const;

/** The three places of those who manage people. */
export function PeopleTabs() {
  const t = useTranslations('people.nav');
  const tabs = TABS.map((tab) => ({ href: `/admin/${tab}`, text: t(tab) }));
  return <PageTabs label={t('label')} tabs={tabs} className="mb-4" />;
}
