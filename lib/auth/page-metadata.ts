import type { Metadata } from 'next';
import { isConnectionFault } from '#lib/db/database-faults.ts';

/**
 * A page's title, or none while the database is away. The page then fails by itself, once: of a title that fails Next
 * draws the page a second time, which waits for the same database again.
 */
export async function titleWhileThere(make: () => Promise<Metadata>): Promise<Metadata> {
  try {
    return await make();
  } catch (error) {
    if (isConnectionFault(error)) return {};
    throw error;
  }
}
