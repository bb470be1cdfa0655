import type { Metadata } from 'next';
import { forbidden } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { UploadPage } from './_components/upload-page-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('upload');
  return { title: t('title') };
}

export default async function UploadRoute() {
  const user = await requirePageUser('/admin/upload');
  if (!capabilitiesOf(user).canManageMasters) forbidden();
  return <UploadPage />;
}
