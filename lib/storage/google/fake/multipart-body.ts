export interface MultipartUpload {
  metadata: { name?: string; contentType?: string; cacheControl?: string; crc32c?: string };
  content: Buffer;
}

/** Reads a `multipart/related` body of two parts, an object's metadata and its bytes; `null` for anything else. */
export function readMultipart(contentType: string, body: Buffer): MultipartUpload | null {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1];
  if (!boundary) return null;
  const opening = Buffer.from(`--${boundary}\r\n`);
  const second = body.indexOf(`\r\n--${boundary}\r\n`);
  const end = body.lastIndexOf(`\r\n--${boundary}--`);
  if (body.indexOf(opening) !== 0 || second < 0 || end < second) return null;
  const metadataAt = body.indexOf('\r\n\r\n') + 4;
  const contentAt = body.indexOf('\r\n\r\n', second + 4) + 4;
  if (metadataAt < 4 || contentAt < 4 || contentAt > end) return null;
  return { metadata: JSON.parse(body.subarray(metadataAt, second).toString()), content: body.subarray(contentAt, end) };
}
