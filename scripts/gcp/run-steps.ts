import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { CommandFailed } from '#scripts/cli/one-line.ts';
import type { CommandIo } from '#scripts/cli/run-command.ts';
import { commandLine, FILES_FOLDER, PROJECT_NUMBER, type Step } from './gcloud-step.ts';
import { createGcloud, type Gcloud, type RunGcloud, spawnGcloud } from './run-gcloud.ts';

const projectSchema = z.object({ projectNumber: z.coerce.string().regex(/^\d+$/) });

/** A folder for one run, with the steps' files; secrets are for the owner alone, and all of it goes afterwards. */
async function withFiles<T>(steps: readonly Step[], use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heartbeat-gcp-'));
  try {
    await mkdir(path.join(folder, FILES_FOLDER));
    for (const { name, content } of steps.flatMap(({ files = [] }) => files)) {
      const text = 'text' in content ? content.text : content.secret;
      await writeFile(path.join(folder, FILES_FOLDER, name), text, { mode: 0o600 });
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Many steps ask the same thing; what was answered holds until something is changed. */
function remembering(gcloud: Gcloud): Gcloud {
  const answers = new Map<string, unknown>();
  return {
    async read(args) {
      const line = commandLine(args);
      if (!answers.has(line)) answers.set(line, await gcloud.read(args));
      return answers.get(line);
    },
    async change(args) {
      answers.clear();
      await gcloud.change(args);
    },
  };
}

async function numbered(gcloud: Gcloud, project: string, args: readonly string[]): Promise<string[]> {
  if (!args.some((word) => word.includes(PROJECT_NUMBER))) return [...args];
  const found = await gcloud.read(['projects', 'describe', project, '--format=json']);
  if (found === null) throw new CommandFailed(`There is no project ${project}, or it may not be seen.`);
  const { projectNumber } = projectSchema.parse(found);
  return args.map((word) => word.replaceAll(PROJECT_NUMBER, projectNumber));
}

export interface StepsRun {
  project: string;
  steps: readonly Step[];
  /** Looks only. */
  checkOnly: boolean;
}

/**
 * Looks at each thing in turn and changes what is not as wanted; stops at the first failure, after which a second run
 * goes on. Answers the titles of what was changed, or with `checkOnly` of what would be.
 */
export function runSteps(
  { project, steps, checkOnly }: StepsRun,
  { signal, reporter }: Pick<CommandIo, 'signal' | 'reporter'>,
  runIn: (folder: string, signal: AbortSignal) => RunGcloud = spawnGcloud,
): Promise<string[]> {
  return withFiles(steps, async (folder) => {
    const gcloud = remembering(createGcloud(runIn(folder, signal)));
    const changed: string[] = [];
    for (const { title, check, isDone, change } of steps) {
      signal.throwIfAborted();
      reporter.start(title);
      if (isDone(await gcloud.read(check))) {
        reporter.succeed(`${title}: as wanted`);
        continue;
      }
      changed.push(title);
      if (checkOnly) {
        reporter.fail(`${title}: not as wanted`);
        continue;
      }
      await gcloud.change(await numbered(gcloud, project, change));
      reporter.succeed(`${title}: changed`);
    }
    return changed;
  });
}
