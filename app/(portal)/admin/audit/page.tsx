import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { PeopleTabs } from '#app/(portal)/admin/_components/people-tabs-client.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { AuditPage } from './_components/audit-page-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('audit');
  return { title: t('title') };
}

export default async function AuditRoute() {
  const user = await requirePageUser('/admin/audit');
  if (!capabilitiesOf(user).canManagePeople) forbidden();
  return (
    <>
      <PeopleTabs />
      <AuditPage />
    </>
  );
}
