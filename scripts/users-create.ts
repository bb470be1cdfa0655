import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { createUser } from '#lib/users/create-user.ts';
import { withDatabase } from './cli/open-portal.ts';
import { collect } from './cli/parse-options.ts';
import { runCommand } from './cli/run-command.ts';
import { parseAccount, parsePassword, ROLE_LIST } from './users-create-options.ts';

await runCommand({
  usage: 'npm run users:create --',
  summary: 'Makes an account. Without --password-stdin a password is made up and printed, once, on standard output.',
  define: (command) =>
    command
      .requiredOption('--email <email>', 'address to sign in with')
      .requiredOption('--name <name>', 'how the portal calls the person')
      .requiredOption('--role <role>', ROLE_LIST)
      .requiredOption('--team <codes>', 'team codes, or ALL; repeat it or use commas', collect)
      .option('--player-id <id>', 'whose clips a player sees; with --role player, and only then')
      .option('--password-stdin', 'read the password from standard input'),
  parse: (options) => ({ account: parseAccount(options), fromStdin: options.passwordStdin === true }),
  run: async ({ account, fromStdin }, { reporter, print }) => {
    const password = fromStdin ? parsePassword(await text(process.stdin)) : randomBytes(18).toString('base64url');
    reporter.start(`Creating the account of ${account.email}`);
    await withDatabase((deps) => createUser(deps, { ...account, password }));
    reporter.succeed(`${account.email} can sign in as ${account.role} of ${account.team_access.join(', ')}.`);
    if (!fromStdin) print(password);
  },
});
