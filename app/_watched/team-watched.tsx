import Link from 'next/link';
import { formatDuration } from '#app/_i18n/clip-formats.ts';
import { getTranslator } from '#app/_i18n/server.ts';
import { Table, TableBody, TableCell, TableHead, TableHeaderCell, TableRow } from '#app/_ui/table.tsx';
import type { TeamViewsJson } from '#lib/views/view-schemas.ts';

/** Players by reels: how much each watched of each, and what nobody has looked at yet. */
export async function TeamWatched({ views, label }: { views: TeamViewsJson; label: string }) {
  const t = await getTranslator('views');
  const { reels, people } = views;
  return (
    <Table label={label}>
      <TableHead>
        <tr>
          <TableHeaderCell className="sticky left-0 bg-raised">{t('person')}</TableHeaderCell>
          {reels.map(({ id, title }) => (
            <TableHeaderCell key={id} className="max-w-40">
              <Link href={`/reels/${id}`} prefetch={false} className="block truncate underline" title={title}>
                {title}
              </Link>
            </TableHeaderCell>
          ))}
        </tr>
      </TableHead>
      <TableBody>
        {people.map(({ id, name, seen, shown }) => {
          const cells = new Map(seen.map((cell) => [cell.reel_id, cell]));
          return (
            <TableRow key={id}>
              <th scope="row" className="sticky left-0 bg-surface px-3 py-2 font-normal break-words">
                {name}
              </th>
              {reels.map((reel) => {
                const cell = cells.get(reel.id);
                return (
                  <TableCell key={reel.id} className="whitespace-nowrap tabular-nums">
                    {cell ? (
                      formatDuration(cell.seconds)
                    ) : shown.includes(reel.id) ? (
                      <span className="text-faint">{t('notYet')}</span>
                    ) : (
                      <span className="text-faint">
                        <span aria-hidden>–</span>
                        <span className="sr-only">{t('notShown')}</span>
                      </span>
                    )}
                  </TableCell>
                );
              })}
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
