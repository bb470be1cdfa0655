import { Check, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { outcomeName } from '#app/_i18n/hockey-words.ts';
import { cn } from '#app/_ui/cn.ts';

const SIGNS = {
  successful: { Icon: Check, tone: 'text-success' },
  failed: { Icon: X, tone: 'text-danger' },
} as const;

interface OutcomeMarkProps {
  outcome: string | null;
  /** Whether the word itself stands beside it. */
  isBeside?: boolean;
  className?: string;
}

/** How something ended, in one sign; nothing where nobody could tell. */
export function OutcomeMark({ outcome, isBeside = false, className }: OutcomeMarkProps) {
  const hockey = useTranslations('hockey');
  if (outcome !== 'successful' && outcome !== 'failed') return null;
  const { Icon, tone } = SIGNS[outcome];
  const name = outcomeName(hockey, outcome);
  return (
    <span title={isBeside ? undefined : name} className={cn('inline-flex shrink-0', tone, className)}>
      <Icon aria-hidden strokeWidth={2.5} className="size-3.5" />
      {isBeside ? null : <span className="sr-only">{name}</span>}
    </span>
  );
}
