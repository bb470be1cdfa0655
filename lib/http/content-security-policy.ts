/** Where the browser may load a clip's objects from, and send an upload to. Origins, or origins with a path prefix. */
export interface StoreSources {
  read: readonly string[];
  write: readonly string[];
}

interface PagePolicy {
  /** Fresh for each page: the scripts that carry it may run, and what they load. */
  nonce: string;
  stores: StoreSources;
  /** React's development build evaluates text. */
  development: boolean;
}

/**
 * The Content-Security-Policy of a page (docs/adr/0020): scripts by nonce alone, media from the store alone.
 * `blob:` is hls.js: the media source, and its worker; `data:` is small images within style sheets.
 */
export function pagePolicy({ nonce, stores, development }: PagePolicy): string {
  const read = stores.read.join(' ');
  const directives = {
    'default-src': "'none'",
    'script-src': `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    'worker-src': "'self' blob:",
    'style-src': "'self' 'unsafe-inline'",
    'font-src': "'self'",
    'img-src': `'self' data: ${read}`,
    'media-src': `'self' blob: ${read}`,
    'connect-src': `'self' ${[...new Set([...stores.read, ...stores.write])].join(' ')}`,
    'manifest-src': "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
