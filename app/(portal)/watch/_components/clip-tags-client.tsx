'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { addTagOptions, removeTagOptions } from '#app/_client/clip-mutations.ts';
import { clipsHref } from '#app/_client/clip-query.ts';
import { Button } from '#app/_ui/button.tsx';
import { Input } from '#app/_ui/input.tsx';
import { toast } from '#app/_ui/toast.ts';
import type { ClipJson } from '#lib/clips/clip-schemas.ts';
import { tagSchema } from '#lib/word-schemas.ts';

/** The tags of a clip: each leads to the clips that share it; those who may add and remove them. */
export function ClipTags({ clip, canEdit }: { clip: ClipJson; canEdit: boolean }) {
  const t = useTranslations('clip.tags');
  return (
    <section aria-labelledby="tags-heading" className="mt-5">
      <h2 id="tags-heading" className="mb-2 text-sm font-semibold">
        {t('heading')}
      </h2>
      {clip.tags.length > 0 ? (
        <ul className="mb-3 flex flex-wrap gap-2">
          {clip.tags.map((tag) => (
            <TagChip key={tag} clipId={clip.clip_id} tag={tag} canEdit={canEdit} />
          ))}
        </ul>
      ) : (
        <p className="mb-3 text-sm text-muted">{t('none')}</p>
      )}
      {canEdit ? <AddTag clipId={clip.clip_id} /> : null}
    </section>
  );
}

function TagChip({ clipId, tag, canEdit }: { clipId: string; tag: string; canEdit: boolean }) {
  const t = useTranslations('clip.tags');
  const remove = useMutation(removeTagOptions(useQueryClient(), clipId));
  return (
    <li className="flex h-7 pointer-coarse:h-11.5 max-w-full items-center rounded-md border border-line bg-raised text-[0.8125rem]">
      <Link
        href={clipsHref({ filters: { tag: [tag] } })}
        prefetch={false}
        title={t('filter', { tag })}
        className="flex h-full min-w-0 items-center rounded-md px-2.5 hover:bg-hover"
      >
        <span className="truncate">{tag}</span>
      </Link>
      {canEdit ? (
        <button
          type="button"
          aria-label={t('remove', { tag })}
          disabled={remove.isPending}
          onClick={() => remove.mutate(tag, { onError: (error) => toast.error(error.message) })}
          className="flex h-full w-7 pointer-coarse:w-11 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text disabled:opacity-50"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : null}
    </li>
  );
}

function AddTag({ clipId }: { clipId: string }) {
  const t = useTranslations('clip.tags');
  const [text, setText] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const add = useMutation(addTagOptions(useQueryClient(), clipId));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tag = tagSchema.safeParse(text);
    setIsRefused(!tag.success);
    if (!tag.success) return;
    add.mutate(tag.data, { onSuccess: () => setText(''), onError: (error) => toast.error(error.message) });
  };
  return (
    <form noValidate onSubmit={submit} className="max-w-sm">
      <div className="flex gap-2">
        <Input
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={100}
          aria-label={t('add')}
          aria-invalid={isRefused || undefined}
          aria-describedby={isRefused ? 'tag-fault' : undefined}
          placeholder={t('placeholder')}
          className="h-8"
        />
        <Button type="submit" size="sm" busy={add.isPending}>
          <Plus aria-hidden />
          {t('addButton')}
        </Button>
      </div>
      {isRefused ? (
        <p id="tag-fault" role="alert" className="mt-1 text-xs text-danger">
          {t('bad')}
        </p>
      ) : null}
    </form>
  );
}
