import { z } from 'zod';
import type { FileFingerprint, UploadFields } from './upload-item.ts';

/** An upload that was begun here and is not finished. It holds no URL: session URLs are secrets, the server has them. */
export interface RememberedUpload {
  masterId: string;
  fingerprint: FileFingerprint;
  fields: UploadFields;
  storedBytes: number;
}

export interface UploadMemory {
  list(): RememberedUpload[];
  remember(upload: RememberedUpload): void;
  forget(masterId: string): void;
}

const STORAGE_KEY = 'heartbeat.unfinished-uploads';

const rememberedSchema = z.array(
  z.object({
    masterId: z.string(),
    fingerprint: z.object({ name: z.string(), size: z.number(), lastModified: z.number() }),
    fields: z.object({
      team_code: z.string(),
      season: z.string(),
      game_id: z.string(),
      period: z.string(),
      filename: z.string(),
    }),
    storedBytes: z.number(),
  }),
);

function parsed(text: string | null): RememberedUpload[] {
  try {
    return rememberedSchema.parse(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
}

/** Remembers in `localStorage`. A storage that is full or forbidden only costs the comfort of the next visit. */
export function storedUploadMemory(storage: Pick<Storage, 'getItem' | 'setItem'>): UploadMemory {
  const list = () => {
    try {
      return parsed(storage.getItem(STORAGE_KEY));
    } catch {
      return [];
    }
  };
  const write = (uploads: RememberedUpload[]) => {
    try {
      storage.setItem(STORAGE_KEY, JSON.stringify(uploads));
    } catch {
      // Nothing to do: the upload itself does not need it.
    }
  };
  const without = (masterId: string) => list().filter((upload) => upload.masterId !== masterId);
  return {
    list,
    remember: (upload) => write([...without(upload.masterId), upload]),
    forget: (masterId) => write(without(masterId)),
  };
}
