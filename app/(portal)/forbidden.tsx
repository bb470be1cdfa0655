import Link from 'next/link';
import { getTranslator } from '#app/_i18n/server.ts';
import { Button } from '#app/_ui/button.tsx';
import { Forbidden } from '#app/_ui/forbidden.tsx';

/** What people without the right see in place of an admin's page, which answers 403 (`forbidden()`). */
export default async function ForbiddenPage() {
  const t = await getTranslator('common');
  return (
    <Forbidden
      title={t('error.forbiddenTitle')}
      description={t('error.forbiddenDescription')}
      actions={
        <Button asChild>
          <Link href="/clips">{t('action.backToClips')}</Link>
        </Button>
      }
    />
  );
}
