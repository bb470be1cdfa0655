import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslator } from '#app/_i18n/server.ts';
import { BrandMark } from '#app/_ui/brand-mark.tsx';
import { Button } from '#app/_ui/button.tsx';
import { LanguageLinks } from '#app/signin/_components/language-links-client.tsx';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { readUserLink } from '#lib/users/user-links.ts';
import { InviteForm } from './_components/invite-form-client.tsx';

interface InvitePageProps {
  params: Promise<{ token: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('people');
  // The address is a secret: nothing may keep it.
  return { title: t('invite.submit'), robots: { index: false, follow: false }, referrer: 'no-referrer' };
}

/** Where an invitation, or a reset link, leads: its person chooses a password. Looking does not use the link up. */
export default async function InvitePage({ params }: InvitePageProps) {
  const [{ token }, { deps }, t] = await Promise.all([params, getWebRuntime(), getTranslator('people')]);
  const link = await readUserLink(deps, token);
  const title = link
    ? t(link.purpose === 'reset' ? 'invite.resetTitle' : 'invite.inviteTitle', { name: link.name })
    : t('invite.goneTitle');
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <BrandMark className="mb-6 size-10" />
        <div className="rounded-xl border border-line bg-surface p-6">
          <h1 className="text-lg font-semibold break-words">{title}</h1>
          <p className="mt-1 mb-5 text-sm break-words text-muted">
            {link ? t('invite.lead', { email: link.email }) : t('invite.gone')}
          </p>
          {link ? (
            <InviteForm token={token} email={link.email} />
          ) : (
            <Button asChild className="w-full">
              <Link href="/signin">{t('invite.toSignIn')}</Link>
            </Button>
          )}
        </div>
        <LanguageLinks />
      </div>
    </main>
  );
}
