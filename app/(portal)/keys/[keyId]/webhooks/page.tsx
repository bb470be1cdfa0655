import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { isAppError } from '#lib/errors.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { getManagedKey } from '#lib/users/api-keys.ts';
import { keyParamsSchema } from '#lib/users/people-schemas.ts';
import { listWebhooks } from '#lib/webhooks/manage-webhooks.ts';
import { WebhooksPage } from './_components/webhooks-page-client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('webhooks');
  return { title: t('title') };
}

/** The webhooks of one key, for its person and for admins who manage that person; for others it is not there. */
export default async function WebhooksRoute({ params }: { params: Promise<{ keyId: string }> }) {
  const { keyId } = await params;
  const [{ deps }, user] = await Promise.all([getWebRuntime(), requirePageUser(`/keys/${keyId}/webhooks`)]);
  if (!keyParamsSchema.safeParse({ key_id: keyId }).success) notFound();
  const key = await getManagedKey(deps, user, keyId).catch((error: unknown) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
  const first = await listWebhooks(deps, user, { api_key_id: key.id });
  const isEnded = key.revoked_at !== null || (key.expires_at !== null && new Date(key.expires_at) <= deps.now());
  return <WebhooksPage apiKey={key} isOwn={key.user.id === user.userId} isEnded={isEnded} first={first} />;
}
