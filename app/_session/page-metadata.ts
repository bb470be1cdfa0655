import type { Metadata } from 'next';
import { isConnectionFault } from '#lib/db/database-faults.ts';
import { hasPassingFault } from '#lib/runtime/page-faults.ts';

/**
 * A page's title, or none while the database is away. A title that fails would fail the page a second time; and of a
 * page that failed Next asks for the title once more, which would wait for the same database again.
 */
export async function titleWhileThere(make: () => Promise<Metadata>): Promise<Metadata> {
  if (hasPassingFault()) return {};
  try {
    return await make();
  } catch (error) {
    if (isConnectionFault(error)) return {};
    throw error;
  }
}
