/** A known weakness that does not concern the portal. */
export interface AuditException {
  /** The advisory's address, as `npm audit` names it. */
  url: string;
  /** Why it does not concern the portal, for whoever asks. */
  why: string;
  /** Until when this is believed, `2026-12-31`; then somebody looks again. */
  until: string;
}

/** What is read of `npm audit --json` (report version 2). */
export interface AuditReport {
  auditReportVersion?: number;
  vulnerabilities?: Record<string, { via: (string | { url: string; title: string; severity: string })[] }>;
}

/**
 * What stands against a release: every advisory without an exception that still holds, and every exception that
 * explains nothing any more. Lines to print.
 * @throws Error when it is no report: no answer is not the answer that all is well.
 */
export function auditFindings(report: AuditReport, exceptions: AuditException[], today: string): string[] {
  if (report.auditReportVersion !== 2 || !report.vulnerabilities) throw new Error('This is no report of npm audit.');
  const advisories = new Map<string, string>();
  for (const [name, { via }] of Object.entries(report.vulnerabilities)) {
    // A text names another package of the report that has the advisory itself.
    for (const cause of via) {
      if (typeof cause !== 'string')
        advisories.set(cause.url, `${name}: ${cause.severity}, ${cause.title} (${cause.url})`);
    }
  }
  const holding = exceptions.filter(({ until }) => until >= today).map(({ url }) => url);
  return [
    ...[...advisories].filter(([url]) => !holding.includes(url)).map(([, line]) => line),
    ...exceptions.filter(({ url }) => !advisories.has(url)).map(({ url }) => `${url}: excepted, and no longer there`),
  ];
}
