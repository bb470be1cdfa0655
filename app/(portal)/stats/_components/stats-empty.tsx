import { ChartColumn } from 'lucide-react';
import Link from 'next/link';
import { getTranslator } from '#app/_i18n/server.ts';
import { Button } from '#app/_ui/button.tsx';
import { EmptyState } from '#app/_ui/empty-state.tsx';

export async function StatsEmpty({ filtered }: { filtered: boolean }) {
  const t = await getTranslator('stats');
  if (!filtered)
    return <EmptyState icon={<ChartColumn />} title={t('emptyTitle')} description={t('emptyDescription')} />;
  return (
    <EmptyState
      icon={<ChartColumn />}
      title={t('emptyFilteredTitle')}
      description={t('emptyFiltered')}
      actions={
        <Button asChild variant="primary">
          <Link href="/stats">{t('showEverything')}</Link>
        </Button>
      }
    />
  );
}
