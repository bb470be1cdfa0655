import { describe, expect, it } from 'vitest';
import { type AuditReport, auditFindings } from './audit-report.ts';

const URL_A = 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc';
const report: AuditReport = {
  auditReportVersion: 2,
  vulnerabilities: {
    minimist: { via: [{ url: URL_A, title: 'Prototype pollution', severity: 'critical' }] },
    mkdirp: { via: ['minimist'] },
  },
};
const clean: AuditReport = { auditReportVersion: 2, vulnerabilities: {} };
const exception = { url: URL_A, why: 'it is never given outside text', until: '2027-01-31' };

describe('auditFindings', () => {
  it('tells every advisory once', () => {
    expect(auditFindings(report, [], '2026-11-27')).toEqual([`minimist: critical, Prototype pollution (${URL_A})`]);
  });

  it('believes an exception to its last day', () => {
    expect(auditFindings(report, [exception], '2027-01-31')).toEqual([]);
    expect(auditFindings(report, [exception], '2027-02-01')).toHaveLength(1);
  });

  it('tells of an exception that explains nothing any more', () => {
    expect(auditFindings(clean, [exception], '2026-11-27')).toEqual([`${URL_A}: excepted, and no longer there`]);
    expect(auditFindings(clean, [], '2026-11-27')).toEqual([]);
  });

  it.each([{}, { auditReportVersion: 1 }, { message: 'audit endpoint returned an error' }])(
    'takes %j for no answer',
    (answer) => {
      expect(() => auditFindings(answer, [], '2026-11-27')).toThrow('no report');
    },
  );
});
