import Link from 'next/link';
import { clockText, type Formatter, formatDuration, formatGameDate } from '#app/_i18n/clip-formats.ts';
import { eventName, type HockeyTranslator, periodShortName } from '#app/_i18n/hockey-words.ts';
import { getFormatter, getTranslator } from '#app/_i18n/server.ts';
import { cn } from '#app/_ui/cn.ts';
import { GIVES_WAY, Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '#app/_ui/table.tsx';
import { GameTeams } from '#app/(portal)/_clubs/clubs-client.tsx';
import type { OwnViewsJson, WatchedClipJson } from '#lib/views/view-schemas.ts';

/** What is kept of one's own watching, and for how long. */
export async function OwnViews({ own }: { own: OwnViewsJson }) {
  const [t, format] = await Promise.all([getTranslator('views'), getFormatter()]);
  const dateOf = (text: string) => format.dateTime(new Date(text), { dateStyle: 'medium' });
  return (
    <section>
      <h2 className="text-base font-semibold">{t('mine.heading')}</h2>
      <p className="mt-1 mb-3 text-sm text-muted">
        {t('mine.lead', { days: own.kept_days })}{' '}
        {own.since ? t('mine.total', { time: formatDuration(own.seconds), date: dateOf(own.since) }) : t('mine.none')}
      </p>
      {own.views.length > 0 ? (
        <Table label={t('mine.table')}>
          <TableHead>
            <tr>
              <TableHeaderCell>{t('mine.what')}</TableHeaderCell>
              <TableHeaderCell className="text-right">{t('seconds')}</TableHeaderCell>
              <TableHeaderCell className="text-right">{t('repeats')}</TableHeaderCell>
              <TableHeaderCell className={GIVES_WAY[32]}>{t('last')}</TableHeaderCell>
            </tr>
          </TableHead>
          <TableBody>
            {own.views.map((view) => (
              <TableRow key={`${view.clip_id} ${view.reel_id} ${view.last_at}`}>
                <TableCell className="break-words">
                  <WatchedClip view={view} />
                  <span className="block text-xs text-muted @lg:hidden">
                    {view.last_at ? dateOf(view.last_at) : null}
                  </span>
                </TableCell>
                <TableCell className="text-right tabular-nums">{formatDuration(view.seconds)}</TableCell>
                <TableCell className="text-right tabular-nums">
                  {view.repeats > 0 ? formatDuration(view.repeats) : '–'}
                </TableCell>
                <TableCell className={cn('text-muted', GIVES_WAY[32])}>
                  {view.last_at ? dateOf(view.last_at) : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
    </section>
  );
}

/** A clip as it is called elsewhere: what of whom, then in which game and when; and the reel that it was watched in. */
async function WatchedClip({ view }: { view: OwnViewsJson['views'][number] }) {
  const [t, named, hockey, format] = await Promise.all([
    ...([getTranslator('views'), getTranslator('clip'), getTranslator('hockey'), getFormatter()] as const),
  ]);
  const { clip_id: clipId, clip, reel_id: reelId, reel_title: reelTitle } = view;
  if (!clip) return t('mine.hiddenClip');
  const player = clip.player_name ?? named('unknownPlayer', { id: clip.player_id });
  const reelHref = `/reels/${reelId}`;
  return (
    <>
      {/* Whoever sees a clip in a reel alone finds it there. */}
      <Link
        href={clipId ? `/clips/${encodeURIComponent(clipId)}` : reelHref}
        prefetch={false}
        className="font-medium underline"
      >
        {named('title', { event: eventName(hockey, clip.event_type), player })}
      </Link>
      <span className="flex flex-wrap items-center gap-x-2 text-xs text-muted">
        <GameTeams team={clip.team_code} opponent={clip.opponent_code} size="small" />
        {momentsOf(clip, hockey, format).map((moment) => (
          <span key={moment} className="whitespace-nowrap tabular-nums">
            {moment}
          </span>
        ))}
      </span>
      {reelTitle ? (
        <Link href={reelHref} prefetch={false} className="text-xs text-muted underline">
          {reelTitle}
        </Link>
      ) : null}
    </>
  );
}

/** The day of a clip's game; its period, with the clock where that is known. */
function momentsOf(
  { game_date, period, clock_s }: WatchedClipJson,
  hockey: HockeyTranslator,
  format: Formatter,
): string[] {
  const inGame =
    period === null
      ? null
      : [periodShortName(hockey, period), clock_s === null ? null : clockText(clock_s)].filter(Boolean).join(' ');
  return [game_date && formatGameDate(format, game_date), inGame].filter((each) => each !== null);
}
