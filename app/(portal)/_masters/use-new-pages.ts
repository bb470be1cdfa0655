import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { queryKeys } from '#app/_client/query-keys.ts';
import type { PageState } from '#app/_client/unfinished.ts';

/**
 * Has the page made anew whenever an event of a master comes, for as long as it is shown.
 * @param isUnfinished whether it shows something that is still being prepared: then nothing is missed between the page's
 *   making and the first event, nor while no events come.
 */
export function useNewPages(name: string, isUnfinished: boolean): void {
  const router = useRouter();
  useQuery<PageState>({
    queryKey: queryKeys.masterPage(name, isUnfinished),
    queryFn: () => {
      router.refresh();
      return { isUnfinished };
    },
    initialData: { isUnfinished },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
