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
});
