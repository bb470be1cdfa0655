/** Next calls this with whatever a page, a server action or a route threw. */
export async function onRequestError(error: unknown): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { markPassingFault } = await import('#lib/runtime/page-faults.ts');
  markPassingFault(error);
}
