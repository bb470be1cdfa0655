import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { TRASH_QUERY } from '#app/_client/trash-queries.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { TrashPage } from './_components/trash-page-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('clips');
  return { title: t('trash.title') };
}

export default async function TrashRoute() {
  const { deps } = await getWebRuntime();
  const user = await requirePageUser('/admin/trash');
  if (!capabilitiesOf(user).canDeleteClips) forbidden();
  const first = await listClips(deps, user, listClipsQuerySchema.parse(TRASH_QUERY));
  return <TrashPage first={first} servedAtMs={Date.now()} />;
}
