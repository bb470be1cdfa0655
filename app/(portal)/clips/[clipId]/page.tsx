import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { filterInput, readClipQuery } from '#app/_client/clip-query.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { eventName } from '#app/_i18n/hockey-words.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { titleWhileThere } from '#lib/auth/page-metadata.ts';
import { requirePageUser } from '#lib/auth/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { clipFilterSchema } from '#lib/clips/clip-filter-schemas.ts';
import { createClipSchema } from '#lib/clips/clip-schemas.ts';
import { findNeighbours } from '#lib/clips/find-neighbours.ts';
import { getClip } from '#lib/clips/get-clip.ts';
import { isAppError } from '#lib/errors.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { ClipPage } from './_components/clip-page-client.tsx';

interface ClipRouteProps {
  params: Promise<{ clipId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One read for the page and its title. A clip out of reach is not there. */
const loadClip = cache(async (clipId: string, path: string) => {
  const [user, { deps }] = await Promise.all([requirePageUser(path), getWebRuntime()]);
  // An id needs no escapes: one that has any (they arrive as they were sent) is none.
  if (!createClipSchema.shape.clip_id.safeParse(clipId).success) notFound();
  const clip = await getClip(deps, user, clipId).catch((error: unknown) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
  return { user, deps, clip };
});

const loadRoute = async ({ params, searchParams }: ClipRouteProps) => {
  const [{ clipId }, search] = await Promise.all([params, searchParams]);
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
  const { user, deps, clip, search } = await loadRoute(props);
  const { query } = readClipQuery(search);
  const list = { ...clipFilterSchema.parse(filterInput(query.filters)), sort: query.sort };
  const neighbours = await findNeighbours(deps, user, clip.clip_id, list);
  const { canEditClips, canDeleteClips } = capabilitiesOf(user);
  return (
    <ClipPage
      key={clip.clip_id}
      clip={clip}
      servedAtMs={Date.now()}
      neighbours={neighbours}
      query={query}
      rights={{ canEdit: canEditClips, canDelete: canDeleteClips }}
    />
  );
}
