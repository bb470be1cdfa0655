import type { Metadata } from 'next';
import { getTranslator } from '#app/_i18n/server.ts';
import { requirePageUser } from '#app/_session/page-user.ts';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { KeysPanel } from '#app/(portal)/_components/keys-panel-client.tsx';
import { LanguageLinks } from '#app/signin/_components/language-links-client.tsx';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { listKeys } from '#lib/users/api-keys.ts';
import { listKeysQuerySchema } from '#lib/users/people-schemas.ts';
import { getOwnViews } from '#lib/views/who-watched.ts';
import { NameForm, PasswordForm } from './_components/account-forms-client.tsx';
import { OwnViews } from './_components/own-views.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('people');
  return { title: t('account.title') };
}

/** What is one's own: name, password, language, keys. */
export default async function AccountRoute() {
  const [{ deps }, user, t] = await Promise.all([
    getWebRuntime(),
    requirePageUser('/account'),
    getTranslator('people'),
  ]);
  const query = listKeysQuerySchema.parse({ limit: '200', user_id: user.userId });
  const [keys, own] = await Promise.all([listKeys(deps, user, query), getOwnViews(deps, user)]);
  const card = 'rounded-lg border border-line bg-surface p-4';
  return (
    <div className="mx-auto max-w-4xl">
      <PageHeader title={t('account.title')} />
      <div className="grid items-start gap-4 md:grid-cols-2">
        <section className={card}>
          <h2 className="mb-3 text-base font-semibold">{t('account.profile')}</h2>
          <NameForm name={user.name} />
          <LanguageLinks isField />
        </section>
        <section className={card}>
          <h2 className="mb-3 text-base font-semibold">{t('account.password.title')}</h2>
          <PasswordForm />
        </section>
      </div>
      <section className="mt-6">
        <KeysPanel first={keys} userId={user.userId} />
      </section>
      <div className="mt-6">
        <OwnViews own={own} />
      </div>
    </div>
  );
}
