import { Check, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { outcomeName } from '#app/_i18n/hockey-words.ts';
import { cn } from '#app/_ui/cn.ts';

const SIGNS = {
  successful: { Icon: Check, tone: 'text-success' },
  failed: { Icon: X, tone: 'text-danger' },
} as const;

/** How something ended, in one sign; nothing where nobody could tell. */
export function OutcomeMark({ outcome, className }: { outcome: string | null; className?: string }) {
  const hockey = useTranslations('hockey');
  if (outcome !== 'successful' && outcome !== 'failed') return null;
  const { Icon, tone } = SIGNS[outcome];
  const name = outcomeName(hockey, outcome);
  return (
    <span title={name} className={cn('inline-flex shrink-0', tone, className)}>
      <Icon aria-hidden strokeWidth={2.5} className="size-3.5" />
      <span className="sr-only">{name}</span>
    </span>
  );
}
