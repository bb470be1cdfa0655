import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { MASTER_TRASH_INPUT } from '#app/_client/master-queries.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { listMasters } from '#lib/masters/list-masters.ts';
import { listMastersQuerySchema } from '#lib/masters/master-schemas.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { MasterTrash } from './_components/master-trash-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('clips');
  return { title: t('trash.title') };
}

export default async function MasterTrashRoute() {
  const { deps } = await getWebRuntime();
  const user = await requirePageUser('/admin/trash/masters');
  if (!capabilitiesOf(user).canManageMasters) forbidden();
  const first = await listMasters(deps, user, listMastersQuerySchema.parse(MASTER_TRASH_INPUT));
  return <MasterTrash first={first} servedAtMs={Date.now()} />;
}
