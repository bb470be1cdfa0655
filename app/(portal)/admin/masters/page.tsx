import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { failedOf, masterListInput, readMasterQuery } from '#app/_client/master-query.ts';
import { pathWithQuery } from '#app/_components/path-with-query.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { getLibraryAudit } from '#lib/library-audit/get-library-audit.ts';
import { listMasters } from '#lib/masters/list-masters.ts';
import { listMastersQuerySchema } from '#lib/masters/master-schemas.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { LibraryAuditPanel } from './_components/library-audit-panel.tsx';
import { MastersPage } from './_components/masters-page-client.tsx';

interface MastersRouteProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('masters');
  return { title: t('title') };
}

export default async function MastersRoute({ searchParams }: MastersRouteProps) {
  const [{ deps }, search] = await Promise.all([getWebRuntime(), searchParams]);
  const user = await requirePageUser(pathWithQuery('/admin/masters', search));
  if (!capabilitiesOf(user).canManageMasters) forbidden();
  const query = readMasterQuery(search);
  const [first, failed, audit] = await Promise.all([
    listMasters(deps, user, listMastersQuerySchema.parse(masterListInput(query))),
    listMasters(deps, user, listMastersQuerySchema.parse(masterListInput(failedOf(query)))),
    getLibraryAudit(deps, user),
  ]);
  const notice = audit ? <LibraryAuditPanel audit={audit} /> : null;
  return <MastersPage query={query} first={first} failed={failed} servedAtMs={Date.now()} notice={notice} />;
}
