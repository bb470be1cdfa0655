import { describe, expect, it } from 'vitest';
import { bytesOf } from './play-files-fixture.ts';
import { readPlayFile } from './read-play-file.ts';

describe('the table of a time line', () => {
  it.each([
    ['Line', 'Line'],
    ['\0Li\u0007ne\u202E', 'Li ne'],
    ['', '(empty)'],
    ['\0\u200E', '(empty)'],
    ['x'.repeat(300), 'x'.repeat(100)],
  ])('is refused with the column %j twice, which is named by what can be seen of it', async (column, told) => {
    const text = `start,end,code,${column},${column}\n1,2,Shot,a,b\n`;
    const message = `The column ${told} is there twice.`;
    await expect(readPlayFile(bytesOf(text))).rejects.toMatchObject({ code: 'bad_columns', message });
  });

  it('reads rows of three cells beside thousands of columns', { timeout: 20_000 }, async () => {
    const columns = Array.from({ length: 12_000 }, (_, index) => index.toString(36));
    const rows = Array.from({ length: 20_000 }, (_, index) => `${index},${index + 2},Shot,,x | y\n`);
    const text = `START,End,code,Labels,${columns.join(',')}\n${rows.join('')}`;
    const { plays } = await readPlayFile(bytesOf(text));
    expect(plays).toHaveLength(20_000);
    expect(plays.at(-1)).toMatchObject({
      ...{ name: 'Shot', video_s: 19_999, end_video_s: 20_001 },
      labels: [
        { group: '0', text: 'x' },
        { group: '0', text: 'y' },
      ],
    });
  });
});
