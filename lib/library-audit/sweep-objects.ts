import { isStoreError } from '#lib/storage/port/object-store.ts';
import type { AuditRun } from './audit-run.ts';

/** An object of the media bucket that nothing owns. */
interface Ownerless {
  uri: string;
  /** A clip's id, or a master's. */
  owner: string;
  key: string;
  generation: string;
}

/**
 * Leftovers of crashes are few. Where they are many, the database is not the one that these objects belong to: an older
 * backup, another environment. Then nothing is removed, and a person looks.
 */
const MAX_LEFTOVERS = 1000;
const MAX_SHARE = 0.1;
/** In a small library a share says nothing: three clips' objects. */
const FEW = 21;

const limitOf = ({ options, report }: AuditRun): number =>
  options.maxRemoved ?? Math.min(MAX_LEFTOVERS, Math.max(FEW, report.examined.media_objects * MAX_SHARE));

/** Removes exactly what was judged: an object that was written since is another generation, and stays. */
async function remove(run: AuditRun, { key, generation }: Ownerless): Promise<boolean> {
  const { store, buckets } = run.deps;
  try {
    await store.delete({ bucket: buckets.media, key }, { ifGenerationMatch: generation });
    return true;
  } catch (error) {
    if (isStoreError(error) && error.code === 'precondition_failed') return false;
    throw error;
  }
}

/** Gathers ownerless objects and removes them at the end, when it is known how many there are beside the others. */
export function openSweep(run: AuditRun) {
  const most = run.options.maxRemoved ?? MAX_LEFTOVERS;
  let held: Ownerless[] = [];
  let isOpen = run.options.fix;
  const tell = ({ uri, owner }: Ownerless, is_fixed: boolean) =>
    run.tell({ kind: 'ownerless_object', where: uri, owner, is_fixed });
  const giveUp = () => {
    isOpen = false;
    run.report.too_many_ownerless = true;
    for (const object of held) tell(object, false);
    held = [];
  };
  return {
    add: async (object: Ownerless) => {
      if (!isOpen) return tell(object, false);
      held.push(object);
      if (held.length > most) giveUp();
    },
    finish: async () => {
      if (held.length > limitOf(run)) giveUp();
      for (const object of held) tell(object, await remove(run, object));
    },
  };
}
