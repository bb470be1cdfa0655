import type { PortalDeps } from '#lib/deps.ts';
import type { ListedObject } from '#lib/storage/port/object-store.ts';
import { type AuditReport, emptyReport, type Finding, type FindingKind } from './library-audit-schemas.ts';

/** Something that a crash left among a store's own files. */
interface StoreLeftover {
  /** Like `.uploads/0a1b…`. */
  place: string;
  remove(): Promise<void>;
}

export interface AuditDeps extends Pick<PortalDeps, 'db' | 'store' | 'buckets' | 'queue'> {
  /** What crashes left among the store's own files; `null` for a store that keeps none. */
  leftovers: (() => AsyncIterable<StoreLeftover>) | null;
  now(): Date;
}

export interface AuditOptions {
  /** Mends what is safe to mend. */
  fix: boolean;
  /** Reads every object's bytes and compares their checksum. */
  readBytes?: boolean;
  /** How old an object has to be before it can be ownerless. */
  graceMs?: number;
  /** No more ownerless objects than this are removed; without it, as few as leftovers are. */
  maxRemoved?: number;
  signal?: AbortSignal;
  /** Every finding, once it is known whether it was mended. */
  onFinding?(finding: Finding): void;
  /** Now and then, with what is known so far. */
  onProgress?(report: AuditReport): void;
}

/** An hour: no cut takes longer between its first object and its row. */
const GRACE_MS = 3_600_000;
/** So many findings are kept with the report; the others are counted. */
const KEPT_FINDINGS = 20;

/** One audit under way: what its parts share. */
export interface AuditRun {
  readonly deps: AuditDeps;
  readonly options: AuditOptions;
  readonly report: AuditReport;
  /** Writes a finding down. */
  tell(finding: Omit<Finding, 'is_fixed'> & { is_fixed?: boolean }): void;
  /** One more thing was looked at; throws when the audit is to stop. */
  step(examined: keyof AuditReport['examined']): void;
  isPastGrace(object: Pick<ListedObject, 'updatedAt'>): boolean;
}

export function startRun(deps: AuditDeps, options: AuditOptions): AuditRun {
  const report = emptyReport(options.fix);
  const settledBefore = deps.now().getTime() - (options.graceMs ?? GRACE_MS);
  const countOf = (kind: FindingKind) => {
    report.findings[kind] ??= { found: 0, fixed: 0 };
    return report.findings[kind];
  };
  return {
    deps,
    options,
    report,
    tell: ({ is_fixed = false, ...facts }) => {
      const finding = { ...facts, is_fixed };
      const count = countOf(finding.kind);
      count.found++;
      if (is_fixed) count.fixed++;
      else if (report.first.length < KEPT_FINDINGS) report.first.push(finding);
      options.onFinding?.(finding);
    },
    step: (examined) => {
      report.examined[examined]++;
      options.signal?.throwIfAborted();
      options.onProgress?.(report);
    },
    isPastGrace: ({ updatedAt }) => updatedAt.getTime() < settledBefore,
  };
}
