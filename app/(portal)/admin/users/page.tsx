import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { PeopleTabs } from '#app/(portal)/admin/_components/people-tabs-client.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { listUsers } from '#lib/users/list-users.ts';
import { listUsersQuerySchema } from '#lib/users/people-schemas.ts';
import { UsersPage } from './_components/users-page-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('people');
  return { title: t('users.title') };
}

export default async function UsersRoute() {
  const [{ deps }, user] = await Promise.all([getWebRuntime(), requirePageUser('/admin/users')]);
  if (!capabilitiesOf(user).canManagePeople) forbidden();
  const first = await listUsers(deps, user, listUsersQuerySchema.parse({ limit: '200' }));
  return (
    <>
      <PeopleTabs />
      <UsersPage first={first} />
    </>
  );
}
