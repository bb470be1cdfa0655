import { open, readFile, rename, rm } from 'node:fs/promises';
import type { z } from 'zod';
import { isMissing } from './errors.ts';

/**
 * Replaces a small JSON file as a whole: readers, also after a crash, see the old or the new text, never half of one.
 * `temporary` lies on the same file system.
 */
export async function writeJsonFile(file: string, temporary: string, value: unknown): Promise<void> {
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(JSON.stringify(value));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** `null` where there is no such file or where its text is not what the schema describes. */
export async function readJsonFile<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
