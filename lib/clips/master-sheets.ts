import type { PictureSheet } from '#lib/delivery/storyboard-text.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { toGsUri } from '#lib/storage/port/object-keys.ts';
import { preparedRef, STORYBOARD, sheetName } from '#lib/storage/port/prepared-keys.ts';
import type { SheetRow } from './sheet-repo.ts';

/** Sheets of a prepared master with signed URLs, each for itself. */
export const signSheets = (
  { buckets, delivery }: Pick<PortalDeps, 'buckets' | 'delivery'>,
  rows: readonly SheetRow[],
): Promise<(PictureSheet & { expiresAt: Date })[]> =>
  Promise.all(
    rows.map(async (row) => {
      const { startS, endS, intervalS, columns, cellWidth, cellHeight, generation } = row;
      const ref = preparedRef(buckets, row, { folder: STORYBOARD, fileName: sheetName(row.number) });
      const { url, expiresAt } = await delivery.signObject(toGsUri(ref), { generation });
      return { startS, endS, intervalS, columns, cellWidth, cellHeight, uri: url, expiresAt };
    }),
  );
