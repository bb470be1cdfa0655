import { describe, expect, it } from 'vitest';
import { playAsAllowed } from './play-as-allowed.ts';

/** A player under a browser that refuses to play, by a fault of that name, as long as `refuses` says so. */
const player = (fault: string, refuses: (muted: boolean) => boolean, muted = false) => ({
  muted,
  async play() {
    if (refuses(this.muted)) throw new DOMException('refused', fault);
  },
});

describe('playAsAllowed', () => {
  it('plays with sound where that is allowed', async () => {
    const video = player('NotAllowedError', () => false);
    expect([await playAsAllowed(video), video.muted]).toEqual([false, false]);
  });

  it('takes the sound away where the browser forbids it, and says so', async () => {
    const video = player('NotAllowedError', (muted) => !muted);
    expect([await playAsAllowed(video), video.muted]).toEqual([true, true]);
  });

  it('leaves the sound as it was where nothing may play, and where another fault stopped it', async () => {
    for (const fault of ['NotAllowedError', 'AbortError', 'NotSupportedError']) {
      const video = player(fault, () => true);
      expect([await playAsAllowed(video), video.muted], fault).toEqual([false, false]);
    }
  });

  it('does not speak of sound that somebody had turned off', async () => {
    const video = player('NotAllowedError', () => true, true);
    expect([await playAsAllowed(video), video.muted]).toEqual([false, true]);
  });
});
