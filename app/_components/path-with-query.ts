/** The address of the page being rendered, for coming back to it after signing in. */
export const pathWithQuery = (
  path: string,
  params: Readonly<Record<string, string | string[] | undefined>>,
): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(name, one);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
};
