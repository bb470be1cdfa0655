import Link from 'next/link';

export interface StatsRow {
  key: string;
  name: string;
  detail?: string;
  count: number;
  href: string;
}

interface StatsBarsProps {
  /** Names the table for screen readers. */
  caption: string;
  nameHeading: string;
  countHeading: string;
  rows: readonly StatsRow[];
  /** What a full bar stands for. */
  largest: number;
  formatCount: (count: number) => string;
}

/**
 * A table whose rows are bars: one thing for eyes and for screen readers, so the two cannot differ.
 * Every row is a link to the clips that it counts.
 */
export function StatsBars({ caption, nameHeading, countHeading, rows, largest, formatCount }: StatsBarsProps) {
  return (
    <table className="w-full table-fixed border-collapse text-[0.8125rem]">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{nameHeading}</th>
          <th scope="col">{countHeading}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="group relative hover:bg-raised">
            <th scope="row" className="w-[42%] py-1.5 pr-3 pl-4 text-left font-normal">
              <Link
                href={row.href}
                className="block truncate outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
              >
                {row.name}
                {row.detail ? (
                  <span className="text-faint max-sm:block max-sm:truncate sm:ml-1.5">{row.detail}</span>
                ) : null}
              </Link>
            </th>
            <td className="py-1.5 pr-4">
              <div className="flex items-center gap-2.5">
                <div aria-hidden className="h-2.5 min-w-0 flex-1 rounded-full bg-hover">
                  <div
                    className="h-full min-w-1 rounded-full bg-bar transition-colors group-hover:bg-accent"
                    style={{ width: `${(row.count / largest) * 100}%` }}
                  />
                </div>
                <span className="w-10 shrink-0 text-right font-medium">{formatCount(row.count)}</span>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
