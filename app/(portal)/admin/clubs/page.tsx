import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { PeopleTabs } from '#app/(portal)/admin/_components/people-tabs-client.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { listClubs } from '#lib/clubs/manage-clubs.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { ClubsPage } from './_components/clubs-page-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('people');
  return { title: t('clubs.title') };
}

export default async function ClubsRoute() {
  const [{ deps }, user] = await Promise.all([getWebRuntime(), requirePageUser('/admin/clubs')]);
  if (!capabilitiesOf(user).canManagePeople) forbidden();
  return (
    <>
      <PeopleTabs />
      <ClubsPage clubs={await listClubs(deps)} mayEdit={user.teamAccess.includes('ALL') ? 'ALL' : user.teamAccess} />
    </>
  );
}
