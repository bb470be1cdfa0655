import { describe, expect, it } from 'vitest';
import { sheetsVtt, storyboardVtt } from './storyboard-text.ts';

describe('the storyboard cues', () => {
  it('point at tiles, row by row, and end with the clip', () => {
    const board = { kind: 'storyboard', intervalS: 1.25, durationS: 3.7, columns: 2, rows: 2, tiles: 3 } as const;
    expect(storyboardVtt({ ...board, tileWidth: 160, tileHeight: 90 }, 'grid.jpg')).toBe(`WEBVTT

00:00:00.000 --> 00:00:01.250
grid.jpg#xywh=0,0,160,90

00:00:01.250 --> 00:00:02.500
grid.jpg#xywh=160,0,160,90

00:00:02.500 --> 00:00:03.700
grid.jpg#xywh=0,90,160,90
`);
  });

  it('of a master’s sheets are the part that a clip shows, by the clip’s own time', () => {
    const sheet = { intervalS: 2, columns: 2, cellWidth: 160, cellHeight: 90 };
    const sheets = [
      { ...sheet, startS: 54, endS: 60.4, uri: 'https://cdn.example/00000.jpg?a=1' },
      { ...sheet, startS: 60.4, endS: 120, uri: 'https://cdn.example/00001.jpg?a=1' },
    ];
    expect(sheetsVtt(sheets, { startS: 59, endS: 63.4 })).toBe(`WEBVTT

00:00:00.000 --> 00:00:01.000
https://cdn.example/00000.jpg?a=1#xywh=0,90,160,90

00:00:01.000 --> 00:00:01.400
https://cdn.example/00000.jpg?a=1#xywh=160,90,160,90

00:00:01.400 --> 00:00:03.400
https://cdn.example/00001.jpg?a=1#xywh=0,0,160,90

00:00:03.400 --> 00:00:04.400
https://cdn.example/00001.jpg?a=1#xywh=160,0,160,90
`);
    expect(sheetsVtt([])).toBe('WEBVTT\n');
  });
});
