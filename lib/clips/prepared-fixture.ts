import type { Prisma } from '#generated/prisma/client.ts';
import type { Database } from '#lib/db/prisma-client.ts';

/** Of a rendition whose key frames are `keysS`, the last of which lasts until `toS`. */
interface PreparedRendition {
  name: string;
  keysS: readonly number[];
  toS: number;
  /** Pictures are decoded so much before they are shown. */
  delayS?: number;
  /** Whether there will be no more. */
  isComplete?: boolean;
}

const HEIGHTS: Readonly<Record<string, number>> = { source: 1080, '1080': 1080, '720': 720, '360': 360 };

const toRow = ({ name, keysS, toS, delayS = 0, isComplete = false }: PreparedRendition) =>
  ({
    ...{ name, codecs: name === 'sound' ? 'mp4a.40.2' : 'avc1.64001f,mp4a.40.2', frameRate: 30 },
    height: HEIGHTS[name] ?? null,
    width: ((HEIGHTS[name] ?? 0) * 16) / 9,
    ...{ initGeneration: '11', initSizeBytes: 900, initCrc32c: 'AAAAAA==', toS, complete: isComplete },
    segments: {
      create: keysS.map((startS, number) => ({
        ...{ number, startS, durationS: (keysS[number + 1] ?? toS) - startS, firstS: startS },
        ...{
          decodedS: startS - delayS,
          sizeBytes: 1000 * (HEIGHTS[name] ?? 100),
          generation: String(100 + number),
          crc32c: 'AAAAAA==',
        },
      })),
    },
  }) satisfies Prisma.PreparedRenditionUncheckedCreateWithoutPreparationInput;

/** Rows of sheets that begin at these moments, the last of them at its end. */
export async function sheetRows(db: Database, masterId: string, edgesS: readonly number[]): Promise<void> {
  await db.preparedSheet.createMany({
    data: edgesS.slice(1).map((endS, number) => ({
      ...{ masterId, number, startS: edgesS[number] ?? 0, endS, intervalS: 2, columns: 10 },
      ...{ cellWidth: 160, cellHeight: 90, sizeBytes: 9000, generation: String(300 + number), crc32c: 'AAAAAA==' },
    })),
  });
}

/** Rows of a prepared master, without the objects that they name. */
export async function prepareRows(db: Database, masterId: string, renditions: readonly PreparedRendition[]) {
  // Sound alone is nothing to play.
  const playableToS = Math.max(0, ...renditions.map(({ name, toS }) => (name === 'sound' ? 0 : toS)));
  await db.masterPreparation.create({
    data: { masterId, status: 'running', playableToS, renditions: { create: renditions.map(toRow) } },
  });
}
