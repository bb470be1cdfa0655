/** Next calls this once, when a server starts: a bad environment stops it there, not at the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ checkWebEnvironment }, { followRequests }, { prepareRequests }] = await Promise.all([
    import('#lib/runtime/check-web-environment.ts'),
    import('#lib/runtime/page-faults.ts'),
    import('#lib/runtime/prepare-requests.ts'),
  ]);
  prepareRequests(checkWebEnvironment());
  followRequests();
}

/** Next calls this with whatever a page, a server action or a route threw. */
export async function onRequestError(error: unknown): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { markPassingFault } = await import('#lib/runtime/page-faults.ts');
  markPassingFault(error);
}
