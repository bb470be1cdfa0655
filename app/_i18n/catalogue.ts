import { audit } from './en/audit.ts';
import { clip } from './en/clip.ts';
import { clips } from './en/clips.ts';
import { codes } from './en/codes.ts';
import { common } from './en/common.ts';
import { docs } from './en/docs.ts';
import { film } from './en/film.ts';
import { games } from './en/games.ts';
import { hockey } from './en/hockey.ts';
import { libraryAudit } from './en/library-audit.ts';
import { links } from './en/links.ts';
import { masters } from './en/masters.ts';
import { notes } from './en/notes.ts';
import { people } from './en/people.ts';
import { playImport } from './en/play-import.ts';
import { playStats } from './en/play-stats.ts';
import { playSync } from './en/play-sync.ts';
import { reelExport } from './en/reel-export.ts';
import { reels } from './en/reels.ts';
import { rink } from './en/rink.ts';
import { signin } from './en/signin.ts';
import { stats } from './en/stats.ts';
import { upload } from './en/upload.ts';
import { views } from './en/views.ts';
import { watch } from './en/watch.ts';
import { webhooks } from './en/webhooks.ts';

/** Every text of the portal, by namespace. English is the measure: the other languages have exactly its keys. */
export const en = {
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

export type Messages = typeof en;
