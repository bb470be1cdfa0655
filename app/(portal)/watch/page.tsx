import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { filterInput, readClipQuery } from '#app/_client/clip-query.ts';
import { QUEUE_PARAM } from '#app/_client/clip-queue.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { titleWhileThere } from '#app/_session/page-metadata.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { clipFilterSchema } from '#lib/clips/clip-filter-schemas.ts';
import { createClipSchema } from '#lib/clips/clip-schemas.ts';
import { findNeighbours } from '#lib/clips/find-neighbours.ts';
import { getClipToWatch } from '#lib/clips/get-clip.ts';
import { isAppError } from '#lib/errors.ts';
import { findFilmOf } from '#lib/masters/get-film.ts';
import { findClipClock } from '#lib/plays/clip-clock.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { readMoment } from './_components/clip-moment.ts';
import { ClipPage } from './_components/clip-page-client.tsx';

interface ClipRouteProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * The page of every clip: `/clips/{clip_id}` is rewritten to it (`next.config.mjs`). Next mounts a page anew when a
 * part of its path changes, and not when its query does: so the player stays from clip to clip (docs/adr/0040).
 */

/** One read for the page and its title. A clip out of reach is not there. */
const loadClip = cache(async (clipId: string, path: string) => {
  const [user, { deps }] = await Promise.all([requirePageUser(path), getWebRuntime()]);
  // An id needs no escapes: one that has any (they arrive as they were sent) is none.
  if (!createClipSchema.shape.clip_id.safeParse(clipId).success) notFound();
  const found = await getClipToWatch(deps, user, clipId).catch((error: unknown) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
  return { user, deps, ...found };
});

const loadRoute = async ({ searchParams }: ClipRouteProps) => {
  const { clip: clipId, ...search } = await searchParams;
  if (typeof clipId !== 'string') notFound();
  const loaded = await loadClip(clipId, pathWithQuery(`/clips/${clipId}`, search));
  return { ...loaded, search };
};

export function generateMetadata(props: ClipRouteProps): Promise<Metadata> {
  return titleWhileThere(async () => {
    const [{ clip }, t, hockey] = await Promise.all([loadRoute(props), getTranslator('clip'), getTranslator('hockey')]);
    const player = clip.player_name ?? t('unknownPlayer', { id: clip.player_id });
    return { title: t('title', { event: eventName(hockey, clip.event_type), player }) };
  });
}

export default async function ClipRoute(props: ClipRouteProps) {
  const { user, deps, clip, playlists, search } = await loadRoute(props);
  const { query } = readClipQuery(search);
  const list = { ...clipFilterSchema.parse(filterInput(query.filters)), sort: query.sort };
  const [inList, masterId, clock] = await Promise.all([
    findNeighbours(deps, user, clip.clip_id, list),
    findFilmOf(deps, user, clip.source_gcs_uri),
    findClipClock(deps, user, clip.clip_id),
  ]);
  const queueName = search[QUEUE_PARAM];
  const { canEditClips, canDeleteClips, canMakeReels } = capabilitiesOf(user);
  return (
    <ClipPage
      clip={clip}
      playlists={playlists}
      servedAtMs={Date.now()}
      inList={inList}
      masterId={masterId}
      clock={clock}
      query={query}
      queueName={typeof queueName === 'string' ? queueName : null}
      moment={readMoment(search, clip.duration_s)}
      rights={{ canEdit: canEditClips, canDelete: canDeleteClips, canNote: canMakeReels }}
    />
  );
}
