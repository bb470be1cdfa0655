import { Skeleton } from '#app/_ui/skeleton.tsx';

const NUMBERS = Array.from({ length: 12 }, (_, index) => index);

/** A card of the final size, without anything in it yet. */
export function ClipCardSkeleton() {
  return (
    <div aria-hidden className="overflow-hidden rounded-lg border border-line bg-surface">
      <Skeleton className="aspect-video rounded-none" />
      <div className="flex h-19 flex-col gap-0.5 px-3 pt-2">
        <Skeleton className="my-[3px] h-3.5 w-2/3" />
        <Skeleton className="my-[3px] h-3 w-1/2" />
        <Skeleton className="my-0.5 h-3 w-full" />
      </div>
    </div>
  );
}

export function ClipGridSkeleton({ className }: { className: string }) {
  return (
    <div aria-hidden className={className}>
      {NUMBERS.map((number) => (
        <ClipCardSkeleton key={number} />
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
