import { describe, expect, it } from 'vitest';
import { UsageError } from './one-line.ts';
import { type CommandSpec, readInvocation } from './run-command.ts';

const spec: CommandSpec<string> = {
  usage: 'npm run shout --',
  summary: 'Shouts a word.',
  define: (command) => void command.requiredOption('--word <word>', 'what to shout').option('--times <n>', 'how often'),
  parse: (options) => {
    if (options.times === 'never') throw new UsageError('--times: never is not often.');
    return String(options.word);
  },
  run: async () => undefined,
};

describe('a command line', () => {
  it('gives the parsed input', () => {
    expect(readInvocation(spec, ['--word', 'goal'])).toEqual({ kind: 'run', input: 'goal' });
  });

  it('asks for help: usage on standard output, exit 0', () => {
    const help = readInvocation(spec, ['--help']);
    expect(help).toMatchObject({ kind: 'end', exitCode: 0, stderr: '' });
    expect(help).toHaveProperty('stdout', expect.stringMatching(/Usage: npm run shout --[\s\S]*--word <word>/));
  });

  it.each([
    [['--word', 'a', '--wrod', 'goal'], /--wrod/],
    [[], /--word/],
    [['--word'], /argument missing/],
    [['--word', 'a', 'stray'], /too many arguments/],
    [['--word', 'a', '--times', 'never'], /^--times: never is not often\./],
  ])('%j is wrong: one line on standard error, exit 2', (args, message) => {
    const end = readInvocation(spec, args);
    expect(end).toMatchObject({ kind: 'end', exitCode: 2, stdout: '' });
    const stderr = end.kind === 'end' ? end.stderr : '';
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
