/** A file that a command reads, below the folder `heartbeat-gcp`. */
export interface StepFile {
  name: string;
  /**
   * Its text, or for a secret the shell's words that write it: those are printed, and never the secret. A script leaves
   * the file of a secret behind only where nobody else has it.
   */
  content: { text: string } | { secret: string; shell: string; isOnlyCopy: boolean };
}

/** One thing that is to be so, how to see whether it is, and the command that makes it so. Arguments of `gcloud`. */
export interface Step {
  title: string;
  /** Changes nothing; prints JSON. */
  check: readonly string[];
  /** Judges what `check` printed; `null` where there is no such thing. Throws `CommandFailed` for what cannot be mended. */
  isDone(found: unknown): boolean;
  change: readonly string[];
  files?: readonly StepFile[];
  /** In a printed script: a shell condition under which the change is left out. Changes without one do no harm twice. */
  unless?: string;
}

/** Where the commands find their files, from the folder that they are run in. */
export const FILES_FOLDER = 'heartbeat-gcp';

/** Stands for the project's number, which only Google knows. */
export const PROJECT_NUMBER = '$PROJECT_NUMBER';

/** A word as `sh` reads it back. */
export function shellQuote(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  if (word.includes(PROJECT_NUMBER)) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command line that can be pasted. */
export const commandLine = (args: readonly string[]): string => ['gcloud', ...args].map(shellQuote).join(' ');

function writeLines({ name, content }: StepFile): string[] {
  const path = `${FILES_FOLDER}/${name}`;
  if ('shell' in content) return [`(umask 077; ${content.shell} > ${path})`];
  return [`cat > ${path} <<'END'`, content.text.trimEnd(), 'END'];
}

const removeLines = ({ name, content }: StepFile): string[] =>
  'shell' in content && !content.isOnlyCopy ? [`rm ${FILES_FOLDER}/${name}`] : [];

/** The steps as a script for `sh`, which can be run as a whole, or pasted a part at a time. Runs nothing. */
export function scriptOf(project: string, steps: readonly Step[]): string[] {
  const needsNumber = steps.some(({ change }) => change.some((word) => word.includes(PROJECT_NUMBER)));
  const number = ['projects', 'describe', project, '--format=value(projectNumber)'];
  return [
    'set -e',
    'export CLOUDSDK_CORE_DISABLE_PROMPTS=1',
    `mkdir -p ${FILES_FOLDER}`,
    ...(needsNumber ? [`PROJECT_NUMBER=$(${commandLine(number)})`] : []),
    ...steps.flatMap(({ title, change, files = [], unless }) => [
      '',
      `# ${title}`,
      ...files.flatMap(writeLines),
      ...(unless ? [`${unless} || \\`, `  ${commandLine(change)}`] : [commandLine(change)]),
      ...files.flatMap(removeLines),
    ]),
  ];
}

/** A step that makes a thing where there is none; whether it is as wanted is for other steps. */
export function creation(title: string, check: readonly string[], change: readonly string[]): Step {
  return {
    title,
    check,
    change,
    isDone: (found) => found !== null,
    unless: `${commandLine(check)} >/dev/null 2>&1`,
  };
}
