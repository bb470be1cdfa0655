import type { Metadata } from 'next';
import { forbidden, notFound } from 'next/navigation';
import { cache } from 'react';
import { MASTER_CLIPS_LIMIT } from '#app/_client/master-queries.ts';
import { titleWhileThere } from '#app/_session/page-metadata.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { listClipsQuerySchema } from '#lib/clips/clip-filter-schemas.ts';
import { listClips } from '#lib/clips/list-clips.ts';
import { isAppError } from '#lib/errors.ts';
import { getMaster } from '#lib/masters/get-master.ts';
import { masterSchema } from '#lib/masters/master-schemas.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { MasterPage } from './_components/master-page-client.tsx';

interface MasterRouteProps {
  params: Promise<{ id: string }>;
}

/** One read for the page and its title. */
const loadMaster = cache(async (id: string) => {
  const [user, { deps }] = await Promise.all([requirePageUser(`/admin/masters/${id}`), getWebRuntime()]);
  if (!capabilitiesOf(user).canManageMasters) forbidden();
  if (!masterSchema.shape.id.safeParse(id).success) notFound();
  const master = await getMaster(deps, user, id).catch((error: unknown) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
  return { user, deps, master };
});

export function generateMetadata({ params }: MasterRouteProps): Promise<Metadata> {
  return titleWhileThere(async () => {
    const { master } = await loadMaster((await params).id);
    return { title: master.filename };
  });
}

export default async function MasterRoute({ params }: MasterRouteProps) {
  const { user, deps, master } = await loadMaster((await params).id);
  const query = listClipsQuerySchema.parse({ master_id: master.id, limit: String(MASTER_CLIPS_LIMIT) });
  const clips = await listClips(deps, user, query);
  return <MasterPage key={master.id} master={master} clips={clips} servedAtMs={Date.now()} />;
}
