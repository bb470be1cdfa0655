import type { CloudState, Resource } from './cloud-state.ts';
import { GcloudError } from './cloud-state.ts';
import type { Call, Command } from './command-line.ts';

const found = (state: CloudState, kind: string, name: string): Resource => {
  const resource = state.compute[kind]?.[name];
  if (resource) return resource;
  const path = `projects/${state.project}/global/${kind}/${name}`;
  throw new GcloudError(`(gcloud.compute) Could not fetch resource:\n - The resource '${path}' was not found`);
};

function create(state: CloudState, kind: string, name: string, resource: Resource): void {
  state.compute[kind] ??= {};
  const kinds = state.compute[kind];
  if (kinds[name]) throw new GcloudError(`Could not fetch resource:\n - The resource '${kind}/${name}' already exists`);
  kinds[name] = { name, ...resource };
}

const BACKEND_FLAGS = [
  ...['--project=', '--gcs-bucket-name=', '--enable-cdn', '--cache-mode='],
  ...['--cache-key-query-string-whitelist=', '--signed-url-cache-max-age='],
];

function backendOf(state: CloudState, { target, flags }: Call): Resource {
  const bucketName = flags.get('--gcs-bucket-name') ?? '';
  if (!state.buckets[bucketName]) throw new GcloudError(`Invalid value for field 'bucketName': ${bucketName}`);
  const names = Object.keys(state.keys[target] ?? {});
  return {
    ...{ bucketName, enableCdn: flags.has('--enable-cdn') },
    cdnPolicy: {
      cacheMode: flags.get('--cache-mode'),
      signedUrlCacheMaxAgeSec: (flags.get('--signed-url-cache-max-age') ?? '').replace(/s$/, ''),
      cacheKeyPolicy: { queryStringWhitelist: flags.get('--cache-key-query-string-whitelist')?.split(',') },
      ...(names.length > 0 ? { signedUrlKeyNames: names } : {}),
    },
  };
}

/** The names of keys are told, the keys never. */
function withKeyNames(state: CloudState, name: string): Resource {
  const backend = found(state, 'backend-buckets', name);
  const names = Object.keys(state.keys[name] ?? {});
  const policy = { ...(backend.cdnPolicy as Resource) };
  delete policy.signedUrlKeyNames;
  return { ...backend, cdnPolicy: { ...policy, ...(names.length > 0 ? { signedUrlKeyNames: names } : {}) } };
}

function addKey(state: CloudState, { target, flags, textOf }: Call): void {
  found(state, 'backend-buckets', target);
  state.keys[target] ??= {};
  const keys = state.keys[target];
  const name = flags.get('--key-name') ?? '';
  const text = textOf('--key-file')?.trim() ?? '';
  if (!/^[A-Za-z0-9_-]{22}==$/.test(text))
    throw new GcloudError('Invalid value for field: the key is not 128 bits in base64url.');
  if (keys[name]) throw new GcloudError(`Invalid value for field 'resource.keyName': ${name} already exists`);
  if (Object.keys(keys).length >= 3) throw new GcloudError("Exceeded limit 'MAX_CDN_SIGNED_URL_KEYS': 3.0");
  keys[name] = text;
}

/** A kind of which one is made from others that must be there. */
function kindCommands(
  kind: string,
  flags: string[],
  resourceOf: (state: CloudState, call: Call) => Resource,
): Command[] {
  return [
    {
      words: `compute ${kind} describe`,
      flags: ['--project=', '--global', '--format='],
      run: (state, { target }) => found(state, kind, target),
    },
    {
      words: `compute ${kind} create`,
      flags: ['--project=', '--global', ...flags],
      changes: true,
      run: (state, call) => create(state, kind, call.target, resourceOf(state, call)),
    },
  ];
}

/** Requires that what a flag names is there. */
const linked = (state: CloudState, { flags }: Call, kinds: Record<string, string>): Resource =>
  Object.fromEntries(
    Object.entries(kinds).map(([flag, kind]) => [kind, found(state, kind, flags.get(flag) ?? '').name]),
  );

export const COMPUTE_COMMANDS: Command[] = [
  {
    words: 'compute backend-buckets describe',
    flags: ['--project=', '--format='],
    run: (state, { target }) => withKeyNames(state, target),
  },
  {
    words: 'compute backend-buckets create',
    flags: BACKEND_FLAGS,
    changes: true,
    run: (state, call) => create(state, 'backend-buckets', call.target, backendOf(state, call)),
  },
  {
    words: 'compute backend-buckets update',
    flags: BACKEND_FLAGS,
    changes: true,
    run: (state, call) => void Object.assign(found(state, 'backend-buckets', call.target), backendOf(state, call)),
  },
  {
    words: 'compute backend-buckets add-signed-url-key',
    flags: ['--project=', '--key-name=', '--key-file='],
    changes: true,
    run: addKey,
  },
  {
    words: 'compute backend-buckets delete-signed-url-key',
    flags: ['--project=', '--key-name='],
    changes: true,
    run: (state, { target, flags }) => {
      delete state.keys[target]?.[flags.get('--key-name') ?? ''];
    },
  },
  ...kindCommands('addresses', ['--ip-version='], () => ({ address: '203.0.113.7' })),
  ...kindCommands('ssl-certificates', ['--domains='], (_, { flags }) => ({
    managed: { domains: flags.get('--domains')?.split(',') },
  })),
  ...kindCommands('url-maps', ['--default-backend-bucket='], (state, call) =>
    linked(state, call, { '--default-backend-bucket': 'backend-buckets' }),
  ),
  ...kindCommands('target-https-proxies', ['--url-map=', '--ssl-certificates='], (state, call) =>
    linked(state, call, { '--url-map': 'url-maps', '--ssl-certificates': 'ssl-certificates' }),
  ),
  ...kindCommands(
    'forwarding-rules',
    ['--load-balancing-scheme=', '--network-tier=', '--address=', '--target-https-proxy=', '--ports='],
    (state, call) => linked(state, call, { '--address': 'addresses', '--target-https-proxy': 'target-https-proxies' }),
  ),
];
