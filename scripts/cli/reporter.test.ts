import { describe, expect, it } from 'vitest';
import { createLineReporter, drawBar, isWatched } from './reporter.ts';

describe('plain lines', () => {
  it('say each start and end, and progress seldom', () => {
    const lines: string[] = [];
    let ms = 0;
    const reporter = createLineReporter(
      (line) => lines.push(line),
      () => ms,
    );
    reporter.start('Sending');
    reporter.update('10 %', 0.1);
    ms = 5000;
    reporter.update('60 %', 0.6);
    reporter.update('61 %', 0.61);
    reporter.note('by the way');
    reporter.succeed('sent');
    reporter.fail('not sent');
    expect(lines.join('')).toBe('Sending\n60 %\nby the way\nok: sent\nFAILED: not sent\n');
  });
});

describe('a terminal', () => {
  it('is watched unless CI or NO_COLOR say otherwise', () => {
    expect(isWatched({ isTTY: true, columns: 80 }, {})).toBe(true);
    expect(isWatched({}, {})).toBe(false);
    expect(isWatched({ isTTY: true, columns: 0 }, {})).toBe(false);
    expect(isWatched({ isTTY: true, columns: 80 }, { CI: 'true' })).toBe(false);
    expect(isWatched({ isTTY: true, columns: 80 }, { NO_COLOR: '1' })).toBe(false);
    expect(isWatched({ isTTY: true, columns: 80 }, { CI: 'false', NO_COLOR: '' })).toBe(true);
  });

  it('shows a bar of constant width', () => {
    expect([-1, 0, 0.5, 1, 2].map((fraction) => drawBar(fraction).length)).toEqual([24, 24, 24, 24, 24]);
    expect(drawBar(0.5)).toBe('━'.repeat(12) + '─'.repeat(12));
  });
});
