'use client';

import { TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { periodName } from '#app/_i18n/hockey-words.ts';
import { Button } from '#app/_ui/button.tsx';
import type { GameParams } from '#lib/plays/game-schemas.ts';
import type { PlayImportJson } from '#lib/plays/play-schemas.ts';
import { changesPlays } from './import-queue.ts';

interface ImportPreviewProps {
  /** The game, where the file alone says which; `null` on a game's own page. */
  game: GameParams | null;
  outcome: PlayImportJson;
  isConfirmed: boolean;
  onConfirmed: (isConfirmed: boolean) => void;
  onOtherGame: () => void;
  isDisabled: boolean;
}

/** What an import would change, before it does. */
export function ImportPreview({ game, outcome, onOtherGame, isDisabled, ...confirm }: ImportPreviewProps) {
  const t = useTranslations('playImport');
  const format = useFormatter();
  const { format: kind, encoding, read, is_whole, skipped_total, unknown_names, unknown_names_total } = outcome;
  return (
    <div className="flex flex-col gap-4 text-sm">
      {game ? (
        <p className="flex flex-wrap items-center justify-between gap-2">
          <span>{t('intoGame', { team: game.team_code, season: game.season, game: game.game_id })}</span>
          <Button size="sm" variant="ghost" disabled={isDisabled} onClick={onOtherGame}>
            {t('otherGame')}
          </Button>
        </p>
      ) : null}
      <p className="text-muted">{t('fileIs', { format: t(`format.${kind}`), encoding, rows: format.number(read) })}</p>
      <PlayCounts outcome={outcome} />
      {changesPlays(outcome) ? null : <p role="status">{t('nothingChanges')}</p>}
      {is_whole ? null : <Warning text={t('cutOff')} />}
      <FileFacts outcome={outcome} />
      {outcome.disagreements.length > 0 ? (
        <WrongGame faults={outcome.disagreements} isDisabled={isDisabled} {...confirm} />
      ) : null}
      {unknown_names.length > 0 ? (
        <p>
          {t('unknownNames')} <span className="break-words text-muted">{unknown_names.join(', ')}</span>{' '}
          {unknown_names_total > unknown_names.length
            ? t('skippedMore', { count: unknown_names_total - unknown_names.length })
            : null}
        </p>
      ) : null}
      {skipped_total > 0 ? <SkippedRows skipped={outcome.skipped} total={skipped_total} /> : null}
    </div>
  );
}

const COUNTS = ['added', 'changed', 'unchanged', 'removed'] as const;

function PlayCounts({ outcome }: { outcome: PlayImportJson }) {
  const t = useTranslations('playImport.counts');
  const format = useFormatter();
  return (
    <dl className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {COUNTS.map((count) => (
        <div key={count} className="flex flex-col-reverse rounded-md border border-line bg-surface px-3 py-2">
          <dt className="text-xs text-muted">{t(count)}</dt>
          <dd className={outcome[count] > 0 ? 'text-lg font-semibold tabular-nums' : 'text-lg text-muted tabular-nums'}>
            {format.number(outcome[count])}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FileFacts({ outcome: { periods, players, shifts } }: { outcome: PlayImportJson }) {
  const t = useTranslations('playImport.facts');
  const hockey = useTranslations('hockey');
  const format = useFormatter();
  const names = periods.map((period) => periodName(hockey, period)).join(', ');
  const facts = [
    [t('periods'), names || t('noPeriods')],
    [t('players'), format.number(players)],
    [t('shifts'), format.number(shifts)],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Warning({ text }: { text: string }) {
  return (
    <p className="flex items-start gap-2 rounded-md bg-warning-soft px-3 py-2 text-warning">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {text}
    </p>
  );
}

interface WrongGameProps {
  faults: PlayImportJson['disagreements'];
  isConfirmed: boolean;
  onConfirmed: (isConfirmed: boolean) => void;
  isDisabled: boolean;
}

/** What speaks for another game, and the word that it is meant all the same. */
function WrongGame({ faults, isConfirmed, onConfirmed, isDisabled }: WrongGameProps) {
  const t = useTranslations('playImport');
  const id = useId();
  return (
    <section aria-label={t('wrongGame')} className="flex flex-col gap-2 rounded-md border border-warning/50 p-3">
      <Warning text={t('wrongGame')} />
      <ul id={id} className="list-disc pl-5 text-muted">
        {faults.map(({ path, message }) => (
          <li key={`${path} ${message}`}>{message}</li>
        ))}
      </ul>
      <label className="flex items-center gap-2 font-medium pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          aria-describedby={id}
          checked={isConfirmed}
          disabled={isDisabled}
          onChange={(event) => onConfirmed(event.target.checked)}
        />
        {t('confirm')}
      </label>
    </section>
  );
}

/** Rows that are no plays, folded: a thousand of them are told at most. */
function SkippedRows({ skipped, total }: { skipped: PlayImportJson['skipped']; total: number }) {
  const t = useTranslations('playImport');
  return (
    <details>
      <summary className="cursor-pointer rounded font-medium">{t('skipped', { count: total })}</summary>
      <section aria-label={t('skipped', { count: total })} className="scroll-thin mt-2 max-h-48 overflow-y-auto">
        <ol className="flex flex-col gap-1 text-muted">
          {skipped.map(({ line, reason }) => (
            <li key={`${line} ${reason}`} className="[content-visibility:auto]">
              {t('skippedRow', { line, reason })}
            </li>
          ))}
        </ol>
        {total > skipped.length ? <p className="mt-1">{t('skippedMore', { count: total - skipped.length })}</p> : null}
      </section>
    </details>
  );
}
