import type { Metadata } from 'next';
import { clipQueryText, filterInput, PAGE_SIZE, readClipQuery } from '#app/_client/clip-query.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { type Capabilities, capabilitiesOf } from '#lib/auth/permissions.ts';
import type { UserContext } from '#lib/auth/user-context.ts';
import { facetsQuerySchema, listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import { listFacets } from '#lib/clips/list-facets.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { ClipBrowser } from './_components/clip-browser-client.tsx';
import type { Audience } from './_components/clip-results-client.tsx';

interface ClipsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('clips');
  return { title: t('title') };
}

const audienceOf = (user: UserContext, { canEditClips, canManageMasters }: Capabilities): Audience => {
  if (canManageMasters) return 'admin';
  if (user.role === 'player') return 'player';
  return canEditClips ? 'editor' : 'reader';
};

export default async function ClipsPage({ searchParams }: ClipsPageProps) {
  const [{ deps }, params] = await Promise.all([getWebRuntime(), searchParams]);
  const user = await requirePageUser(pathWithQuery('/clips', params));
  // Faults are named by the browser itself, which reads the same URL by the same rules.
  const { query } = readClipQuery(params);
  const [list, facets] = await Promise.all([
    listClips(
      deps,
      user,
      listClipsQuerySchema.parse({ ...filterInput(query.filters), sort: query.sort, limit: `${PAGE_SIZE}` }),
    ),
    listFacets(deps, user, facetsQuerySchema.parse(filterInput(query.filters))),
  ]);
  const capabilities = capabilitiesOf(user);
  return (
    <ClipBrowser
      first={{ text: clipQueryText(query), list, facets, loadedAt: Date.now() }}
      audience={audienceOf(user, capabilities)}
      canEdit={capabilities.canEditClips}
      canDelete={capabilities.canDeleteClips}
    />
  );
}
