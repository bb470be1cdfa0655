import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { findPageUser } from '#app/_session/page-user.ts';
import { BrandMark } from '#app/_ui/brand-mark.tsx';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { LanguageLinks } from './_components/language-links-client.tsx';
import { ProviderButtons, type SigninProvider } from './_components/provider-buttons-client.tsx';
import { SigninForm } from './_components/signin-form-client.tsx';
import { callbackPath } from './callback-path.ts';
import { signinFaultOf } from './signin-fault.ts';

interface SigninPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('signin');
  return { title: t('title') };
}

export default async function SigninPage({ searchParams }: SigninPageProps) {
  const [params, t, common] = await Promise.all([searchParams, getTranslator('signin'), getTranslator('common')]);
  const callbackUrl = callbackPath(params.callbackUrl);
  if (await findPageUser()) redirect(callbackUrl);
  const { auth } = await getWebRuntime();
  const providers: SigninProvider[] = auth.providers.map(({ id, name }) => ({ id, name }));
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-3">
          <BrandMark className="size-10" />
          <div>
            <p className="text-base font-semibold tracking-tight">{common('productName')}</p>
            <p className="text-[0.8125rem] text-muted">{t('lead')}</p>
          </div>
        </div>
        <div className="rounded-xl border border-line bg-surface p-6">
          <h1 className="mb-5 text-lg font-semibold">{t('title')}</h1>
          <SigninForm callbackUrl={callbackUrl} initialFault={signinFaultOf(params.error)} />
          {providers.length > 0 ? <ProviderButtons providers={providers} callbackUrl={callbackUrl} /> : null}
        </div>
        <LanguageLinks />
      </div>
    </main>
  );
}
