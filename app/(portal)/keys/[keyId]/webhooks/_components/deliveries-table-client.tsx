'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'use-intl';
import { replayDeliveryOptions } from '#app/_client/webhook-mutations.ts';
import { Badge, type BadgeTone } from '#app/_ui/badge.tsx';
import { IconButton } from '#app/_ui/button.tsx';
import { cn } from '#app/_ui/cn.ts';
import {
  GIVES_WAY,
  Table,
  TableActionsHeaderCell,
  TableBody,
  TableCell,
  TableHead,
  TableHeaderCell,
  TableRow,
} from '#app/_ui/table.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { DeliveryJson, WebhookJson } from '#lib/webhooks/webhook-schemas.ts';
import { eventKeyOf } from './webhook-words.ts';

const COLUMNS = ['state', 'event', 'answer', 'made', 'attempts'] as const;

const TONES: Readonly<Record<DeliveryJson['state'], BadgeTone>> = {
  pending: 'info',
  delivered: 'success',
  failed: 'danger',
  dropped: 'neutral',
};

/** On a phone the answer stands below the event. */
const ROOM: Partial<Record<(typeof COLUMNS)[number], string>> = {
  answer: GIVES_WAY[42],
  made: GIVES_WAY[32],
  attempts: GIVES_WAY[48],
};

interface DeliveriesTableProps {
  webhook: WebhookJson;
  deliveries: readonly DeliveryJson[];
}

export function DeliveriesTable({ webhook, deliveries }: DeliveriesTableProps) {
  const t = useTranslations('webhooks.deliveries');
  return (
    <Table label={t('table', { url: webhook.url })} className="text-[0.8125rem]">
      <TableHead>
        <tr>
          {COLUMNS.map((column) => (
            <TableHeaderCell key={column} className={ROOM[column]}>
              {t(`columns.${column}`)}
            </TableHeaderCell>
          ))}
          <TableActionsHeaderCell label={t('columns.actions')} />
        </tr>
      </TableHead>
      <TableBody>
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} webhookId={webhook.id} delivery={delivery} />
        ))}
      </TableBody>
    </Table>
  );
}

function DeliveryRow({ webhookId, delivery }: { webhookId: string; delivery: DeliveryJson }) {
  const t = useTranslations('webhooks');
  const format = useFormatter();
  const timeOf = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'medium' });
  const event = t(`event.${eventKeyOf(delivery.type)}`);
  const made = timeOf(delivery.created_at);
  return (
    <TableRow className="hover:bg-hover">
      <TableCell>
        <Badge tone={TONES[delivery.state]}>{t(`deliveries.state.${delivery.state}`)}</Badge>
      </TableCell>
      <TableCell className="max-w-56">
        <span className="block">{event}</span>
        <Subject data={delivery.data} />
        <span className="block text-xs @2xl:hidden">
          <Answer delivery={delivery} />
        </span>
      </TableCell>
      <TableCell className={ROOM.answer}>
        <Answer delivery={delivery} />
      </TableCell>
      <TableCell className={cn('tabular-nums @3xl:whitespace-nowrap', ROOM.made)}>
        <time dateTime={delivery.created_at}>{made}</time>
      </TableCell>
      <TableCell className={cn('whitespace-nowrap tabular-nums', ROOM.attempts)}>
        <span className="block">{delivery.attempts}</span>
        {delivery.state === 'pending' ? <NextAttempt iso={delivery.next_attempt_at} timeOf={timeOf} /> : null}
      </TableCell>
      <TableCell className="py-1 text-right">
        {delivery.state === 'pending' ? null : (
          <SendAgain webhookId={webhookId} delivery={delivery} label={t('deliveries.againOf', { event, date: made })} />
        )}
      </TableCell>
    </TableRow>
  );
}

const None = () => <span className="text-faint">—</span>;

/** What a message tells of, as a link to it. */
function Subject({ data }: Pick<DeliveryJson, 'data'>) {
  const { clip_id, master_id } = data;
  const [id, place] = typeof clip_id === 'string' ? [clip_id, '/clips/'] : [master_id, '/admin/masters/'];
  if (typeof id !== 'string') return null;
  return (
    <Link
      href={`${place}${encodeURIComponent(id)}`}
      className="inline-block rounded font-mono text-xs break-all text-muted underline underline-offset-2 hover:text-text"
    >
      {id}
    </Link>
  );
}

function Answer({ delivery }: { delivery: DeliveryJson }) {
  const t = useTranslations('webhooks.deliveries');
  if (delivery.state === 'dropped') return <span className="text-muted">{t('dropped')}</span>;
  if (delivery.error) return <span className="break-words">{delivery.error}</span>;
  return delivery.response_status === null ? <None /> : delivery.response_status;
}

/** When it is tried next; one that nobody has put in line yet is next. */
function NextAttempt({ iso, timeOf }: { iso: string | null; timeOf: (iso: string) => string }) {
  const t = useTranslations('webhooks.deliveries');
  const isDue = iso === null || Date.parse(iso) <= Date.now();
  return <span className="text-xs text-muted">{isDue ? t('nextNow') : t('nextAt', { time: timeOf(iso) })}</span>;
}

function SendAgain({ webhookId, delivery, label }: { webhookId: string; delivery: DeliveryJson; label: string }) {
  const t = useTranslations('webhooks.deliveries');
  const replay = useMutation(replayDeliveryOptions(useQueryClient(), webhookId));
  const onClick = () =>
    replay.mutate(delivery.id, {
      onSuccess: () => void toast.success(t('queued')),
      onError: (error) => void toast.error(error.message),
    });
  return (
    <IconButton size="sm" label={label} disabled={replay.isPending} onClick={onClick}>
      <RotateCw aria-hidden />
    </IconButton>
  );
}
