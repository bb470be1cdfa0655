import { ArrowLeft } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { forbidden, notFound } from 'next/navigation';
import { getTranslator } from '#app/_i18n/server.ts';
import { ReelLinks } from '#app/_links/reel-links-client.tsx';
import { requirePageUser } from '#app/_session/page-user.ts';
import { Button } from '#app/_ui/button.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { WhoWatched } from '#app/_watched/who-watched-client.tsx';
import { capabilitiesOf } from '#lib/auth/permissions.ts';
import { isAppError } from '#lib/errors.ts';
import { getReel } from '#lib/reels/get-reel.ts';
import { reelParamsSchema } from '#lib/reels/reel-schemas.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';

interface ReelWatchedProps {
  params: Promise<{ reel_id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator('views');
  return { title: t('heading') };
}

/** Who watched one reel, and by which links it is shown. */
export default async function ReelWatchedPage({ params }: ReelWatchedProps) {
  const [{ deps }, t, { reel_id: id }] = await Promise.all([getWebRuntime(), getTranslator('views'), params]);
  const user = await requirePageUser(`/stats/watched/${encodeURIComponent(id)}`);
  if (!capabilitiesOf(user).canMakeReels) forbidden();
  if (!reelParamsSchema.safeParse({ reel_id: id }).success) notFound();
  const reel = await getReel(deps, user, id).catch((error: unknown) => {
    if (isAppError(error) && error.status === 404) notFound();
    throw error;
  });
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader
        title={reel.title}
        description={t('team', { team: reel.team_code })}
        actions={
          <Button asChild variant="ghost" size="sm">
            <Link href={`/stats/watched?team_code=${reel.team_code}`}>
              <ArrowLeft aria-hidden />
              {t('back')}
            </Link>
          </Button>
        }
      />
      <div className="grid items-start gap-8 lg:grid-cols-2">
        <WhoWatched of={{ reelId: id }} />
        <ReelLinks reelId={id} />
      </div>
    </div>
  );
}
