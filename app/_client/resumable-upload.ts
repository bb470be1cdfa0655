import type { ResumableUpload, UploadedObject } from '#lib/storage/resumable-client.ts';
import { uploadResumable } from '#lib/storage/resumable-client.ts';
import { xhrTransport } from './xhr-upload-transport.ts';

/** `uploadResumable` with the browser's transport: progress moves within a chunk, not only after it. */
export const uploadFromBrowser = (upload: Omit<ResumableUpload, 'transport'>): Promise<UploadedObject> =>
  uploadResumable({ ...upload, transport: xhrTransport });
