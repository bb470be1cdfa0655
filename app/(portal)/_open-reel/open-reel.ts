import { recall, remember, useRemembered } from '#app/_client/remembered.ts';

/** The reel that R puts clips into. */
export interface OpenReel {
  id: string;
  title: string;
  team_code: string;
}

function read(text: string | null): OpenReel | null {
  try {
    const { id, title, team_code } = JSON.parse(text ?? 'null') as Partial<OpenReel>;
    return id && title && team_code ? { id, title, team_code } : null;
  } catch {
    // Nothing was chosen, or by somebody else.
    return null;
  }
}

/** The open reel of this browser; chosen once, and kept until another is. */
export const recallOpenReel = (): OpenReel | null => read(recall('open-reel'));

export const useOpenReel = (): OpenReel | null => read(useRemembered('open-reel'));

export const setOpenReel = ({ id, title, team_code }: OpenReel): void =>
  remember('open-reel', JSON.stringify({ id, title, team_code }));

export const forgetOpenReel = (): void => remember('open-reel', 'null');
