export const docs = {
  title: 'API reference',
  lead: 'Everything that programs may ask of the portal, and how.',
  brand: 'HeartBeat',
  signIn: 'Sign in',
  home: 'HeartBeat Media, to the clips',
  loading: 'Loading the reference…',
  failed: 'The reference did not load. Reload the page; the document itself is at /api/v2/openapi.json.',
};
