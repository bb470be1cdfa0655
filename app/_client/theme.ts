export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'theme';

/** What the cookie says, else the system's wish (dark unless the system asks for light). */
export const readTheme = (cookie: string | undefined): Theme => THEMES.find((theme) => theme === cookie) ?? 'system';
