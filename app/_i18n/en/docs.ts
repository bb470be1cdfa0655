export const docs = {
  title: 'API reference',
  home: 'HeartBeat Media, to the clips',
  loading: 'Loading the reference…',
  failed: 'The reference did not load. Reload the page; the document itself is at /api/v2/openapi.json.',
};
