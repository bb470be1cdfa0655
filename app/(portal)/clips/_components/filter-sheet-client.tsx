'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Sheet } from '#app/_ui/late-sheet.tsx';
import { FilterPanel, type FilterPanelProps } from './filter-panel-client.tsx';

interface FilterSheetProps extends FilterPanelProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  total: number | undefined;
  onClear: () => void;
}

/** The filters on a phone. They take effect at once; the button below only says what they leave. */
export function FilterSheet({ open, onOpenChange, total, onClear, ...panel }: FilterSheetProps) {
  const t = useTranslations('clips');
  const common = useTranslations('common');
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t('filters')}
      closeLabel={common('action.close')}
      footer={
        <>
          <Button size="lg" onClick={onClear}>
            {t('clearAll')}
          </Button>
          <Button size="lg" variant="primary" className="flex-1" onClick={() => onOpenChange(false)}>
            {total === undefined ? common('loading') : t('applyFilters', { count: total })}
          </Button>
        </>
      }
    >
      <FilterPanel {...panel} />
    </Sheet>
  );
}
