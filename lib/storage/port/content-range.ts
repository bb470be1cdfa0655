/** What a `PUT` to a resumable session says about its body. Positions in bytes. */
export type UploadClaim =
  | { kind: 'query'; total: number | null }
  | { kind: 'chunk'; first: number; last: number; total: number | null }
  | { kind: 'whole' }
  | { kind: 'malformed' };

const QUERY = /^bytes \*\/(\*|\d{1,15})$/;
const CHUNK = /^bytes (\d{1,15})-(\d{1,15})\/(\*|\d{1,15})$/;
const MALFORMED: UploadClaim = { kind: 'malformed' };

const totalOf = (text: string | undefined) => (text === undefined || text === '*' ? null : Number(text));

// The protocol, from "Resumable uploads" of the Cloud Storage manual: a star in place of a-b asks where the session
// stands, "bytes a-b/total" sends a chunk, a star in place of the total means that more may follow.
/** Reads `Content-Range` of a resumable PUT. No header at all: the body is the whole file. */
export function readUploadClaim(header: string | null): UploadClaim {
  if (header === null) return { kind: 'whole' };
  const query = QUERY.exec(header.trim());
  if (query) return { kind: 'query', total: totalOf(query[1]) };
  const [, first, last, total] = CHUNK.exec(header.trim()) ?? [];
  if (first === undefined || last === undefined) return MALFORMED;
  const claim = { kind: 'chunk', first: Number(first), last: Number(last), total: totalOf(total) } as const;
  return claim.last < claim.first || (claim.total !== null && claim.last >= claim.total) ? MALFORMED : claim;
}
