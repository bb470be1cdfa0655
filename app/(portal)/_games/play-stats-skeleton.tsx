import { Skeleton } from '#app/_ui/skeleton.tsx';

/** The panels while they are counted. */
export function PlayStatsSkeleton({ label }: { label: string }) {
  return (
    <div className="@container flex flex-col gap-3">
      <p className="sr-only" role="status">
        {label}
      </p>
      <Skeleton className="h-9 w-36" />
      <div className="grid gap-3 @3xl:grid-cols-2">
        {['shots', 'entries', 'faceoffs', 'ice time'].map((panel) => (
          <Skeleton key={panel} className="h-80" />
        ))}
      </div>
    </div>
  );
}
