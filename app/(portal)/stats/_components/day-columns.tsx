import Link from 'next/link';

export interface DayColumn {
  date: string;
  name: string;
  /** What is counted, in the right number: read out, not shown. */
  unit: string;
  count: number;
  href: string;
}

/** Games over time: one column a day, every column a link. Sideways scrolling where there are many. */
export function DayColumns({
  label,
  days,
  formatCount,
}: {
  label: string;
  days: readonly DayColumn[];
  formatCount: (count: number) => string;
}) {
  const largest = Math.max(1, ...days.map((day) => day.count));
  return (
    <section aria-label={label} className="scroll-thin overflow-x-auto px-4 pb-3">
      <ol className="flex h-36 min-w-full items-stretch gap-1.5">
        {days.map((day) => (
          <li key={day.date} className="flex max-w-24 min-w-11 flex-1">
            <Link
              href={day.href}
              className="group flex flex-1 flex-col items-center rounded-md pt-1 hover:bg-raised focus-visible:-outline-offset-2"
            >
              <span className="text-xs font-medium">
                {formatCount(day.count)}
                <span className="sr-only"> {day.unit}, </span>
              </span>
              <span className="flex min-h-0 w-full flex-1 items-end justify-center px-1 pt-1">
                <span
                  className="block w-full max-w-10 min-h-1 rounded-t bg-bar transition-colors group-hover:bg-accent"
                  style={{ height: `${(day.count / largest) * 100}%` }}
                />
              </span>
              <time
                dateTime={day.date}
                className="w-full border-t border-line py-1 text-center text-[0.6875rem] text-faint"
              >
                {day.name}
              </time>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
