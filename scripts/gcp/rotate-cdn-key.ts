import { rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type MediaEnv, readMediaEnv } from '#lib/config/env.ts';
import { CommandFailed, UsageError } from '#scripts/cli/one-line.ts';
import { given, parseOptions } from '#scripts/cli/parse-options.ts';
import { type CommandIo, runCommand } from '#scripts/cli/run-command.ts';
import { type Step, scriptOf } from './gcloud-step.ts';
import { projectFlag } from './gcp-options.ts';
import { addKeyStep, assertKeyMayGo, deleteKeyStep, keyNameAt, makeKey } from './rotation.ts';
import { runSteps } from './run-steps.ts';

const keyName = z
  .string()
  .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, 'This is no name of a key: lower-case letters, digits and "-".');

const flagsSchema = z.object({
  project: projectFlag,
  add: z.string().min(1).optional(),
  name: keyName.optional(),
  delete: keyName.optional(),
  switchedAt: z.iso.datetime({ offset: true, error: 'Write a moment like 2026-11-23T10:00:00Z.' }).optional(),
  dryRun: z.boolean().default(false),
});
type Flags = z.output<typeof flagsSchema>;
const FLAGS = {
  switchedAt: '--switched-at',
  ...Object.fromEntries(['project', 'add', 'name', 'delete'].map((n) => [n, `--${n}`])),
};

/** The new key, where the portal's environment is made: nowhere else, as Google does not tell it again. */
async function keepKey(file: string, name: string, secret: string): Promise<void> {
  const text = `MEDIA_CDN_KEY_NAME=${name}\nMEDIA_CDN_KEY=${secret}\n`;
  await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    const reason =
      error.code === 'EEXIST' ? 'is there already and is not overwritten' : `cannot be written (${error.code})`;
    throw new CommandFailed(`${file} ${reason}; no key was added.`);
  });
}

async function addKey(flags: Flags & { add: string }, io: CommandIo): Promise<void> {
  const name = flags.name ?? keyNameAt(new Date());
  const secret = makeKey();
  const steps: Step[] = [addKeyStep(flags.project, name, secret)];
  if (flags.dryRun) return printScript(flags.project, steps, io);
  await keepKey(flags.add, name, secret);
  // Refused before Google was asked to add it, the key is no key; from then on the file may be the only copy.
  let mayBeAdded = false;
  const noting = steps.map((step) => ({
    ...step,
    isDone: (found: unknown) => {
      const done = step.isDone(found);
      mayBeAdded = true;
      return done;
    },
  }));
  await runSteps({ project: flags.project, steps: noting, checkOnly: false }, io).catch(async (error) => {
    if (!mayBeAdded) await rm(flags.add);
    throw error;
  });
  io.print(
    `Key ${name} is added; ${flags.add} holds it, for MEDIA_CDN_KEY_NAME and MEDIA_CDN_KEY of every web process.`,
  );
  io.print('When the last of them has switched, wait as long as a URL lives, and delete the old key with --delete.');
}

async function deleteKey(flags: Flags & { delete: string }, env: MediaEnv, io: CommandIo): Promise<void> {
  const steps = [deleteKeyStep(flags.project, flags.delete)];
  if (flags.dryRun) return printScript(flags.project, steps, io);
  if (!flags.switchedAt)
    throw new UsageError('--switched-at is missing: when the last process switched to the new key.');
  const { SIGNED_URL_TTL_MINUTES: ttlMinutes, MEDIA_CDN_KEY_NAME: configuredName } = env;
  const switchedAt = new Date(flags.switchedAt);
  assertKeyMayGo({ keyName: flags.delete, switchedAt, ttlMinutes, configuredName }, new Date());
  const changed = await runSteps({ project: flags.project, steps, checkOnly: false }, io);
  io.print(changed.length > 0 ? `Key ${flags.delete} is deleted.` : `There was no key ${flags.delete}.`);
}

const printScript = (project: string, steps: readonly Step[], io: CommandIo): void => {
  for (const line of scriptOf(project, steps)) io.print(line);
};

await runCommand({
  usage: 'npm run gcp:rotate-cdn-key --',
  summary:
    'Changes the CDN’s signing key without breaking a URL: --add makes a new key beside the old one, then every web process is switched to it, and once the old URLs have died --delete removes the old key.',
  define: (command) =>
    void command
      .option('--project <id>', 'the Google Cloud project')
      .option('--add <file>', 'make a key, add it, and write it into this new file as two variables')
      .option('--name <name>', 'its name; the moment of making unless told')
      .option('--delete <name>', 'delete this key')
      .option('--switched-at <moment>', 'when the last process switched to the new key; needed with --delete')
      .option('--dry-run', 'print every command as a script, and run nothing'),
  parse: (options) => {
    const flags = parseOptions(flagsSchema, given(options), FLAGS);
    const { add, delete: remove } = flags;
    if (add && !remove) return { kind: 'add', flags: { ...flags, add } } as const;
    if (remove && !add) return { kind: 'delete', flags: { ...flags, delete: remove } } as const;
    throw new UsageError('Give either --add or --delete.');
  },
  run: (input, io) => (input.kind === 'add' ? addKey(input.flags, io) : deleteKey(input.flags, readMediaEnv(), io)),
});
