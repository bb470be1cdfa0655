import type { Metadata } from 'next';
import { getTranslator } from '#app/_i18n/server.ts';
import { ForbiddenPage } from '#app/(portal)/admin/_components/forbidden-page.tsx';
import { requirePageUser } from '#lib/auth/page-user.ts';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { UploadPage } from './_components/upload-page-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('upload');
  return { title: t('title') };
}

export default async function UploadRoute() {
  const user = await requirePageUser('/admin/upload');
  return capabilitiesOf(user).canManageMasters ? <UploadPage /> : <ForbiddenPage />;
}
