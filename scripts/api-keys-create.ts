import { createApiKey } from '#lib/users/create-api-key.ts';
import { createApiKeySchema } from '#lib/users/user-schemas.ts';
import { withDatabase } from './cli/open-portal.ts';
import { given, parseOptions, wholeNumberFlag } from './cli/parse-options.ts';
import { runCommand } from './cli/run-command.ts';

const flagsSchema = createApiKeySchema.extend({
  expires_in_days: wholeNumberFlag.pipe(createApiKeySchema.shape.expires_in_days.unwrap()).optional(),
});

await runCommand({
  usage: 'npm run api-keys:create --',
  summary: 'Makes an API key that acts as an account. The key is printed, once, on standard output.',
  define: (command) =>
    command
      .requiredOption('--user <email>', 'address of the account')
      .requiredOption('--name <name>', 'what the key is for')
      .option('--scope <scope>', 'write, or read for a key that changes nothing', 'write')
      .option('--expires-in-days <days>', 'when it stops working; never, unless told'),
  parse: (options) =>
    parseOptions(
      flagsSchema,
      {
        email: options.user,
        name: options.name,
        scope: options.scope,
        ...given({ expires_in_days: options.expiresInDays }),
      },
      { email: '--user', name: '--name', scope: '--scope', expires_in_days: '--expires-in-days' },
    ),
  run: async (input, { reporter, print }) => {
    reporter.start(`Creating a key of ${input.email}`);
    const { key, expiresAt } = await withDatabase((deps) => createApiKey(deps, input));
    reporter.succeed(
      expiresAt ? `The key works until ${expiresAt.toISOString()}.` : 'The key works until it is revoked.',
    );
    print(key);
  },
});
