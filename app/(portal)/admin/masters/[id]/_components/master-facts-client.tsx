'use client';

import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { formatBytes } from '#app/_i18n/byte-format.ts';
import { formatDuration, formatMoment } from '#app/_i18n/clip-formats.ts';
import { periodName } from '#app/_i18n/hockey-words.ts';
import { IconButton } from '#app/_ui/button.tsx';
import { Card, CardHeader, CardTitle } from '#app/_ui/card.tsx';
import { cn } from '#app/_ui/cn.ts';
import { toast } from '#app/_ui/toast.ts';
import { MasterStatusBadge } from '#app/(portal)/admin/masters/_components/masters-table-client.tsx';
import type { MasterJson } from '#lib/masters/master-schemas.ts';

/** What is known of a master. */
export function MasterFacts({ master }: { master: MasterJson }) {
  const t = useTranslations('masters.detail');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const { duration_s, cut_off_at_s, frame_rate, width, height } = master;
  const fps = frame_rate === null ? null : format.number(frame_rate, { maximumFractionDigits: 3 });
  const codecs = [master.video_codec, master.audio_codec].filter(Boolean).join(' / ');
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('facts')}</CardTitle>
        <MasterStatusBadge master={master} />
      </CardHeader>
      <dl className="grid grid-cols-1 gap-x-8 px-4 py-1 text-sm sm:grid-cols-2">
        <Fact label={t('team')}>{master.team_code}</Fact>
        <Fact label={t('season')}>{master.season}</Fact>
        <Fact label={t('game')}>{master.game_id}</Fact>
        <Fact label={t('period')}>{master.period === null ? null : periodName(hockey, master.period)}</Fact>
        <Fact label={t('size')}>{formatBytes(format, master.size_bytes)}</Fact>
        <Fact label={t('duration')}>{duration_s === null ? null : formatDuration(duration_s, { exact: true })}</Fact>
        {cut_off_at_s === null ? null : (
          <Fact label={t('cutOff')}>
            <span className="text-xs">{t('cutOffAt', { at: formatDuration(cut_off_at_s, { exact: true }) })}</span>
          </Fact>
        )}
        <Fact label={t('picture')}>{width === null || height === null ? null : `${width} × ${height}`}</Fact>
        <Fact label={t('frameRate')}>{fps === null ? null : t('fps', { fps })}</Fact>
        <Fact label={t('codecs')}>{codecs || null}</Fact>
        {master.audio_note ? (
          <Fact label={t('audio')}>
            <span className="text-xs">{hockey(`audioNote.${master.audio_note}`)}</span>
          </Fact>
        ) : null}
        <Flaws label={t('gaps')} ranges={master.gaps} />
        <Flaws label={t('damage')} ranges={master.damage} />
        <Preparation preparation={master.preparation} />
        <Fact label={t('crc32c')}>{master.crc32c}</Fact>
        <Fact label={t('uploadedBy')}>{master.created_by}</Fact>
        <Fact label={t('uploadedAt')}>{formatMoment(format, master.created_at)}</Fact>
        <Fact label={t('uri')} className="border-t border-line sm:col-span-2">
          <LakeUri uri={master.lake_uri} />
        </Fact>
      </dl>
    </Card>
  );
}

/** So many ranges are written out. */
const MAX_SHOWN = 8;

interface FlawsProps {
  label: string;
  ranges: MasterJson['gaps'];
}

/** Where a master has nothing to show; nothing, where it has everything. */
function Flaws({ label, ranges }: FlawsProps) {
  const t = useTranslations('masters.detail');
  if (ranges.length === 0) return null;
  const write = (seconds: number) => formatDuration(seconds, { exact: true });
  const hidden = ranges.length - MAX_SHOWN;
  return (
    <Fact label={label}>
      <ul className="text-xs">
        {ranges.slice(0, MAX_SHOWN).map(({ start_s, end_s }) => (
          <li key={start_s}>{t('range', { start: write(start_s), end: write(end_s) })}</li>
        ))}
        {hidden > 0 ? <li className="text-muted">{t('moreRanges', { count: hidden })}</li> : null}
      </ul>
    </Fact>
  );
}

/** How far a master can be played from its segments, and why not further; nothing, where nobody has asked for that. */
function Preparation({ preparation }: Pick<MasterJson, 'preparation'>) {
  const t = useTranslations('masters.detail');
  if (!preparation) return null;
  const { status, playable_to_s, renditions, error_message } = preparation;
  const write = (seconds: number) => formatDuration(seconds, { exact: true });
  return (
    <Fact label={t('preparation')}>
      <span className="text-xs" data-testid="preparation">
        {t(`preparationStatus.${status}`, { at: write(playable_to_s) })}
        {renditions.map(({ name, to_s }) => (
          <span key={name} className="block text-muted">
            {t('renditionTo', { name: name === 'source' ? t('ownPicture') : `${name}p`, at: write(to_s) })}
          </span>
        ))}
        {error_message ? <span className="block text-danger">{error_message}</span> : null}
      </span>
    </Fact>
  );
}

function LakeUri({ uri }: { uri: string }) {
  const t = useTranslations('masters.detail');
  const copy = () =>
    navigator.clipboard.writeText(uri).then(
      () => toast.success(t('copied')),
      () => {},
    );
  return (
    <span className="flex items-center gap-1">
      <code className="font-mono text-xs break-all">{uri}</code>
      <IconButton label={t('copyUri')} size="sm" onClick={() => void copy()}>
        <Copy aria-hidden />
      </IconButton>
    </span>
  );
}

function Fact({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  const t = useTranslations('masters');
  return (
    <div className={cn('flex min-h-8 items-center justify-between gap-4 py-1', className)}>
      <dt className="shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 text-right break-words">{children ?? <span className="text-faint">{t('none')}</span>}</dd>
    </div>
  );
}
