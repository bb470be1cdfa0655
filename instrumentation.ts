/** Next calls this once, when a server starts: a bad environment stops it there, not at the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const [{ checkWebEnvironment }, { prepareRequests }] = await Promise.all([
    import('#lib/runtime/check-web-environment.ts'),
    import('#lib/runtime/prepare-requests.ts'),
  ]);
  prepareRequests(checkWebEnvironment());
}
