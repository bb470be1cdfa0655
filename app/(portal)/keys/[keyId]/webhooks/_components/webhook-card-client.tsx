'use client';

import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Badge } from '#app/_ui/badge.tsx';
import { Button } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/card.tsx';
import { cn } from '#app/_ui/cn.ts';
import type { WebhookJson } from '#lib/webhooks/webhook-schemas.ts';
import { Deliveries } from './deliveries-client.tsx';
import { WebhookActions } from './webhook-actions-client.tsx';
import { eventKeyOf } from './webhook-words.ts';

interface WebhookCardProps {
  webhook: WebhookJson;
  isEnded: boolean;
  /** Whether its messages are shown from the start. */
  startsOpen: boolean;
}

/** One webhook: where it sends what, how that goes, and what can be done. */
export function WebhookCard({ webhook, isEnded, startsOpen }: WebhookCardProps) {
  const t = useTranslations('webhooks');
  const id = useId();
  const [isOpen, setIsOpen] = useState(startsOpen);
  return (
    <Card aria-labelledby={`${id}-url`} className="p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h2 id={`${id}-url`} className="min-w-0 font-mono text-sm font-medium break-all">
          {webhook.url}
        </h2>
        <WebhookStatus webhook={webhook} />
      </div>
      <ul aria-label={t('form.events')} className="mt-2 flex flex-wrap gap-1.5">
        {webhook.event_types.map((type) => (
          <li key={type}>
            <Badge>{t(`event.${eventKeyOf(type)}`)}</Badge>
          </li>
        ))}
      </ul>
      {webhook.disabled_reason ? (
        <p className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-sm text-danger">
          {t(`reason.${webhook.disabled_reason}`)}
        </p>
      ) : null}
      <div className="mt-3 flex flex-wrap gap-2">
        <WebhookActions webhook={webhook} isEnded={isEnded} onTested={() => setIsOpen(true)} />
      </div>
      <div className="mt-3 border-t border-line pt-2">
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2"
          aria-expanded={isOpen}
          aria-controls={`${id}-deliveries`}
          onClick={() => setIsOpen(!isOpen)}
        >
          <ChevronRight aria-hidden className={cn(isOpen && 'rotate-90')} />
          {t('deliveries.title')}
        </Button>
        <div id={`${id}-deliveries`}>{isOpen ? <Deliveries webhook={webhook} /> : null}</div>
      </div>
    </Card>
  );
}

function WebhookStatus({ webhook }: { webhook: WebhookJson }) {
  const t = useTranslations('webhooks.status');
  const format = useFormatter();
  if (webhook.disabled_reason) return <Badge tone="danger">{t('gone')}</Badge>;
  if (!webhook.enabled) return <Badge>{t('off')}</Badge>;
  if (!webhook.failing_since) return <Badge tone="success">{t('on')}</Badge>;
  const date = format.dateTime(new Date(webhook.failing_since), { dateStyle: 'medium', timeStyle: 'short' });
  return <Badge tone="warning">{t('failing', { date })}</Badge>;
}
