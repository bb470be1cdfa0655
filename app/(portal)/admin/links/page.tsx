import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { PeopleTabs } from '#app/(portal)/admin/_components/people-tabs-client.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { listLinksQuerySchema } from '#lib/links/link-schemas.ts';
import { listLinks } from '#lib/links/manage-links.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { AllLinks } from './_components/all-links-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('links');
  return { title: t('allTitle') };
}

/** All links of one's teams that open something still. */
export default async function LinksRoute() {
  const [{ deps }, user] = await Promise.all([getWebRuntime(), requirePageUser('/admin/links')]);
  if (!capabilitiesOf(user).canManagePeople) forbidden();
  const first = await listLinks(deps, user, listLinksQuerySchema.parse({ limit: '500' }));
  return (
    <>
      <PeopleTabs />
      <AllLinks first={first} />
    </>
  );
}
