const HERE = 'http://portal.invalid';

/**
 * Where to go after signing in: a path on this origin, or the clips. Only text that starts with a single `/` counts,
 * and it has to stay on the origin once a URL parser has read it (parsers drop tabs and turn `\` into `/`).
 */
export const callbackPath = (value: string | readonly string[] | undefined): string => {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value) || !URL.canParse(value, HERE)) return '/clips';
  const url = new URL(value, HERE);
  if (url.origin !== HERE || url.pathname.startsWith('//') || /^\/signin(\/|$)/.test(url.pathname)) return '/clips';
  return `${url.pathname}${url.search}${url.hash}`;
};
