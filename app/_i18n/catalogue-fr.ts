import type { Messages } from './catalogue.ts';
import { audit } from './fr/audit.ts';
import { clip } from './fr/clip.ts';
import { clips } from './fr/clips.ts';
import { codes } from './fr/codes.ts';
import { common } from './fr/common.ts';
import { docs } from './fr/docs.ts';
import { film } from './fr/film.ts';
import { games } from './fr/games.ts';
import { hockey } from './fr/hockey.ts';
import { libraryAudit } from './fr/library-audit.ts';
import { links } from './fr/links.ts';
import { masters } from './fr/masters.ts';
import { notes } from './fr/notes.ts';
import { people } from './fr/people.ts';
import { playImport } from './fr/play-import.ts';
import { playStats } from './fr/play-stats.ts';
import { playSync } from './fr/play-sync.ts';
import { reelExport } from './fr/reel-export.ts';
import { reels } from './fr/reels.ts';
import { rink } from './fr/rink.ts';
import { signin } from './fr/signin.ts';
import { stats } from './fr/stats.ts';
import { upload } from './fr/upload.ts';
import { views } from './fr/views.ts';
import { watch } from './fr/watch.ts';
import { webhooks } from './fr/webhooks.ts';
import type { Translated } from './translated.ts';

export const fr: Translated<Messages> = {
  common,
  signin,
  clips,
  stats,
  clip,
  codes,
  film,
  games,
  reels,
  reelExport,
  rink,
  playStats,
  upload,
  masters,
  hockey,
  docs,
  notes,
  people,
  audit,
  watch,
  webhooks,
  libraryAudit,
  links,
  views,
  playImport,
  playSync,
};
