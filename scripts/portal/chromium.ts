import { existsSync } from 'node:fs';

/** Debian's package of Chromium without the windows that nobody sees: the same engine and codecs for a quarter less work. */
export const HEADLESS_SHELL = '/usr/lib/chromium/chromium-headless-shell';

const given = process.env.CHROMIUM_PATH;

/** Chromium from Debian; the flags keep it off the network and able to run as root. */
export const CHROMIUM = {
  executablePath: given ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ],
};

/** For the browser tests: without windows where the machine has that, else the whole. */
export const TEST_CHROMIUM = existsSync(HEADLESS_SHELL)
  ? { ...CHROMIUM, executablePath: given ?? HEADLESS_SHELL }
  : CHROMIUM;
