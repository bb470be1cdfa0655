import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { getFormatter, getTranslator } from '#app/_i18n/server.ts';
import { Card, CardBody, CardHeader, CardTitle } from '#app/_ui/card.tsx';
import type { LibraryAudit } from '#lib/library-audit/get-library-audit.ts';
import {
  type AuditReport,
  FINDING_KINDS,
  hasExamined,
  mendedFindings,
  openFindings,
} from '#lib/library-audit/library-audit-schemas.ts';

/** How the last audit of the library went: a quiet line when it was clean, what is wrong when it was not. */
export async function LibraryAuditPanel({ audit }: { audit: LibraryAudit }) {
  const [t, format] = await Promise.all([getTranslator('libraryAudit'), getFormatter()]);
  const whenOf = (moment: Date) => format.dateTime(moment, { dateStyle: 'medium', timeStyle: 'short' });
  const { state, startedAt, last } = audit;
  const notes: string[] = [];
  if (startedAt && state === 'running') notes.push(t('running', { when: whenOf(startedAt) }));
  if (startedAt && state === 'failed') notes.push(t('failed', { when: whenOf(startedAt) }));
  if (startedAt && state === 'broken_off') notes.push(t('brokenOff', { when: whenOf(startedAt) }));
  if (!last) return <Line>{notes.length > 0 ? notes.join(' ') : t('never')}</Line>;

  const { report, finishedAt } = last;
  const when = whenOf(finishedAt);
  const mended = mendedFindings(report);
  if (mended > 0) notes.push(t('mended', { count: mended }));
  if (openFindings(report) > 0) return <Findings report={report} when={when} notes={notes} />;
  const { clips, masters, media_objects, lake_objects } = report.examined;
  const clean = hasExamined(report)
    ? t('clean', { when, clips, masters, objects: media_objects + lake_objects })
    : t('nothing', { when });
  return (
    <Line isClean={hasExamined(report) && state !== 'failed' && state !== 'broken_off'}>
      {[clean, ...notes].join(' ')}
    </Line>
  );
}

async function Line({ children, isClean = false }: { children: ReactNode; isClean?: boolean }) {
  const t = await getTranslator('libraryAudit');
  return (
    <section aria-label={t('label')} className="mb-4 flex items-start gap-2 text-sm text-muted">
      {isClean ? <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" /> : null}
      <p>{children}</p>
    </section>
  );
}

async function Findings({ report, when, notes }: { report: AuditReport; when: string; notes: readonly string[] }) {
  const t = await getTranslator('libraryAudit');
  const open = FINDING_KINDS.flatMap((kind) => {
    const { found = 0, fixed = 0 } = report.findings[kind] ?? {};
    return found > fixed ? { kind, count: found - fixed } : [];
  });
  return (
    <Card aria-label={t('label')} className="mb-4">
      <CardHeader>
        <CardTitle className="flex items-center gap-2">
          <TriangleAlert aria-hidden className="size-4 shrink-0 text-warning" />
          {t('title', { count: openFindings(report) })}
        </CardTitle>
        <span className="text-xs text-muted">{t('audited', { when })}</span>
      </CardHeader>
      <CardBody className="grid gap-3 text-sm">
        <ul className="grid gap-1">
          {open.map(({ kind, count }) => (
            <li key={kind}>{t(`kinds.${kind}`, { count })}</li>
          ))}
          {report.too_many_ownerless ? <li>{t('tooMany')}</li> : null}
        </ul>
        <details>
          <summary className="cursor-pointer text-muted">{t('first')}</summary>
          <ul className="mt-2 grid gap-1 font-mono text-xs break-all">
            {report.first.map(({ kind, where, owner }) => (
              <li key={`${kind} ${where}`}>{owner ? t('of', { where, owner }) : where}</li>
            ))}
          </ul>
        </details>
        <p className="text-muted">{[t('all'), ...notes].join(' ')}</p>
      </CardBody>
    </Card>
  );
}
