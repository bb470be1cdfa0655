import { Skeleton } from '#app/_ui/skeleton.tsx';

const NUMBERS = Array.from({ length: 12 }, (_, index) => index);

/** Cards of the final size, without anything in them yet. */
export function ClipGridSkeleton({ className, count = 12 }: { className: string; count?: number }) {
  return (
    <div aria-hidden className={className}>
      {NUMBERS.slice(0, count).map((number) => (
        <div key={number} className="overflow-hidden rounded-lg border border-line bg-surface">
          <Skeleton className="aspect-video rounded-none" />
          <div className="flex flex-col gap-0.5 px-3 pt-2 pb-2.5">
            <Skeleton className="my-[3px] h-3.5 w-2/3" />
            <Skeleton className="my-[3px] h-3 w-1/2" />
            <Skeleton className="my-0.5 h-3 w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Rows of the final height. */
export function ClipTableSkeleton() {
  return (
    <div aria-hidden className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      <div className="h-9 bg-raised" />
      {NUMBERS.map((number) => (
        <div key={number} className="flex h-[3.3rem] items-center gap-4 px-2">
          <Skeleton className="h-10 w-18 shrink-0" />
          <Skeleton className="h-3.5 w-1/6" />
          <Skeleton className="h-3.5 w-1/5" />
          <Skeleton className="h-3.5 flex-1" />
        </div>
      ))}
    </div>
  );
}
