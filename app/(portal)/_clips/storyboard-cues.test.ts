import { describe, expect, it } from 'vitest';
import { cueAt, readStoryboardCues } from './storyboard-cues.ts';

const VTT = `WEBVTT

NOTE made by the worker

1
00:00:00.000 --> 00:00:01.000
https://media.example/grid.jpg?Signature=a%23b#xywh=0,0,160,90

00:00:01.000 --> 00:00:02.500
https://media.example/grid.jpg?Signature=a%23b#xywh=160,0,160,90

01:00:00.000 --> 01:00:01.000
grid.jpg#xywh=pixel:0,90,160,90
`;

const OF_GRID = { url: 'https://media.example/grid.jpg?Signature=a%23b' };

describe('readStoryboardCues', () => {
  it('reads times and places, with identifiers, notes and hours', () => {
    expect(readStoryboardCues(VTT)).toEqual([
      { ...OF_GRID, startS: 0, endS: 1, x: 0, y: 0, width: 160, height: 90 },
      { ...OF_GRID, startS: 1, endS: 2.5, x: 160, y: 0, width: 160, height: 90 },
      { url: 'grid.jpg', startS: 3600, endS: 3601, x: 0, y: 90, width: 160, height: 90 },
    ]);
  });

  it('reads times without hours, Windows line ends and a byte order mark', () => {
    expect(readStoryboardCues('\uFEFFWEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\ng.jpg#xywh=1,2,3,4\r\n')).toEqual([
      { url: 'g.jpg', startS: 1, endS: 2, x: 1, y: 2, width: 3, height: 4 },
    ]);
  });

  it('passes over cues that are no pictures', () => {
    expect(
      readStoryboardCues('WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n\n00:01.000 --> 00:02.000\ng#xywh=0,0,0,9'),
    ).toEqual([]);
  });

  it('finds nothing in what is no WebVTT, an error page say', () => {
    expect(readStoryboardCues('<html>00:00.000 --> 00:01.000\ng.jpg#xywh=0,0,1,1')).toEqual([]);
  });
});

describe('cueAt', () => {
  const cues = readStoryboardCues(VTT).slice(0, 2);

  it('goes by time, not by number of pictures', () => {
    expect(cueAt(cues, 0.39)?.x).toBe(0);
    expect(cueAt(cues, 0.41)?.x).toBe(160);
  });

  it('holds on to the ends', () => {
    expect(cueAt(cues, -1)?.x).toBe(0);
    expect(cueAt(cues, 2)?.x).toBe(160);
  });

  it('has nothing to show without cues', () => {
    expect(cueAt([], 0.5)).toBeNull();
  });
});
