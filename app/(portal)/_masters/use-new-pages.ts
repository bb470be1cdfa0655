import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { queryKeys } from '#app/_client/query-keys.ts';

/** Has the page made anew whenever an event of a master comes, for as long as it is shown. */
export function useNewPages(name: string): void {
  const router = useRouter();
  useQuery({
    queryKey: queryKeys.masterPage(name),
    queryFn: () => {
      router.refresh();
      return Date.now();
    },
    initialData: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
