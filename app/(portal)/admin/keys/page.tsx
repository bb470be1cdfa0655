import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { KeysPanel } from '#app/(portal)/_components/keys-panel-client.tsx';
import { PeopleTabs } from '#app/(portal)/admin/_components/people-tabs-client.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { listKeys } from '#lib/users/api-keys.ts';
import { listKeysQuerySchema } from '#lib/users/people-schemas.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('people');
  return { title: t('keys.title') };
}

export default async function KeysRoute() {
  const [{ deps }, user] = await Promise.all([getWebRuntime(), requirePageUser('/admin/keys')]);
  if (!capabilitiesOf(user).canManagePeople) forbidden();
  const first = await listKeys(deps, user, listKeysQuerySchema.parse({ limit: '200' }));
  return (
    <>
      <PeopleTabs />
      <KeysPanel first={first} />
    </>
  );
}
