'use client';

import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { uploadQueue, useUploads } from '#app/_client/upload-queue-store.ts';
import { Button } from '#app/_ui/button.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { UploadDropzone } from './upload-dropzone-client.tsx';
import { UploadRow } from './upload-row-client.tsx';

/** Files come in above, and are corrected, started and followed below. */
export function UploadPage() {
  const t = useTranslations('upload');
  const items = useUploads();
  const startable = items.filter((item) => uploadQueue().canStart(item)).length;
  const addFiles = (files: File[]) => void uploadQueue().add(files);
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <Button asChild variant="ghost">
            <Link href="/admin/masters">{t('list.masters')}</Link>
          </Button>
        }
      />
      <UploadDropzone onFiles={addFiles} />
      <section aria-labelledby="upload-list" className="mt-6">
        <div className="mb-3 flex min-h-9 items-center justify-between gap-3">
          <h2 id="upload-list" className="text-sm font-semibold">
            {t('list.heading')}
            {items.length > 0 ? <span className="ml-2 font-normal text-muted">{items.length}</span> : null}
          </h2>
          {startable > 0 ? (
            <Button variant="primary" onClick={() => uploadQueue().startAll()}>
              {t('list.startAll', { count: startable })}
            </Button>
          ) : null}
        </div>
        {items.length === 0 ? (
          <p className="py-6 text-sm text-muted">{t('list.empty')}</p>
        ) : (
          <ul className="flex flex-col gap-3">
            {items.map((item) => (
              <UploadRow key={item.id} item={item} hasOthers={items.length > 1} onFiles={addFiles} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
