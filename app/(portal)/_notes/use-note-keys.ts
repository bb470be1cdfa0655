import { useTranslations } from 'use-intl';
import type { Notes } from './use-notes.ts';

/** The key of the page's own (`PageKey`) that begins a note at the moment on screen, for those who write notes. */
export function useNoteKeys({ canWrite, composing, compose }: Notes) {
  const t = useTranslations('notes');
  if (!canWrite || composing) return [];
  return [{ key: 'n', with: 'Shift' as const, cap: 'Shift N', text: t('addKey'), act: () => compose(null) }];
}
