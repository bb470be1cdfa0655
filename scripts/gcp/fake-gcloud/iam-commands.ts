import type { CloudState } from './cloud-state.ts';
import { GcloudError } from './cloud-state.ts';
import type { Call, Command } from './command-line.ts';

const emailOf = ({ project }: CloudState, name: string) => `${name}@${project}.iam.gserviceaccount.com`;

function assertMember(state: CloudState, member: string): void {
  const [kind, email = ''] = member.split(':');
  if (kind !== 'serviceAccount') return;
  // The fill account comes into being with the first signing key.
  const fill = `service-${state.projectNumber}@cloud-cdn-fill.iam.gserviceaccount.com`;
  const hasKey = Object.values(state.keys).some((keys) => Object.keys(keys).length > 0);
  if (state.accounts.includes(email) || (email === fill && hasKey)) return;
  throw new GcloudError(`INVALID_ARGUMENT: Service account ${email} does not exist.`);
}

/** `add-iam-policy-binding` of any resource: once a policy has conditions, a grant says its own or `None`. */
export function bind(state: CloudState, { target, flags }: Call): void {
  const member = flags.get('--member') ?? '';
  const role = flags.get('--role') ?? '';
  const said = flags.get('--condition');
  assertMember(state, member);
  const custom = /^projects\/[^/]+\/roles\/(.+)$/.exec(role)?.[1];
  if (custom && !state.roles[custom])
    throw new GcloudError(`INVALID_ARGUMENT: Role ${role} does not exist in the resource's hierarchy.`);
  state.policies[target] ??= { bindings: [] };
  const policy = state.policies[target];
  if (said === undefined && policy.bindings.some(({ condition }) => condition)) {
    throw new GcloudError(
      'Adding a binding without specifying a condition to a policy containing conditions is prohibited in non-interactive mode.',
    );
  }
  const [, expression, title] = /^expression=([^,]+),title=([^,]+)$/.exec(said ?? '') ?? [];
  if (said !== undefined && said !== 'None' && !expression)
    throw new GcloudError(`argument --condition: Bad syntax for dict arg: ${said}`, 2);
  const condition = expression && title ? { expression, title } : undefined;
  const same = policy.bindings.find((one) => one.role === role && one.condition?.expression === condition?.expression);
  if (!same) policy.bindings.push({ role, members: [member], ...(condition ? { condition } : {}) });
  else if (!same.members.includes(member)) same.members.push(member);
}

const accountOf = (state: CloudState, email: string): string => {
  if (state.accounts.includes(email)) return email;
  throw new GcloudError(`(gcloud.iam.service-accounts) NOT_FOUND: Unknown service account.`);
};
const roleOf = (state: CloudState, id: string) => {
  const role = state.roles[id];
  if (!role)
    throw new GcloudError(
      `(gcloud.iam.roles) NOT_FOUND: The role named projects/${state.project}/roles/${id} was not found.`,
    );
  return role;
};
const permissionsOf = ({ flags }: Call) => (flags.get('--permissions') ?? '').split(',');

export const IAM_COMMANDS: Command[] = [
  {
    words: 'projects describe',
    flags: ['--format='],
    run: ({ project, projectNumber }) => ({ projectId: project, projectNumber }),
  },
  {
    words: 'services list',
    flags: ['--enabled', '--project=', '--format='],
    run: ({ services }) => services.map((name) => ({ config: { name }, state: 'ENABLED' })),
  },
  {
    words: 'services enable',
    flags: ['--project='],
    changes: true,
    run: (state, { targets }) => {
      state.services = [...new Set([...state.services, ...targets])];
    },
  },
  {
    words: 'iam service-accounts describe',
    flags: ['--project=', '--format='],
    run: (state, { target }) => ({ email: accountOf(state, target) }),
  },
  {
    words: 'iam service-accounts create',
    flags: ['--project=', '--display-name='],
    changes: true,
    run: (state, { target }) => {
      const email = emailOf(state, target);
      if (state.accounts.includes(email))
        throw new GcloudError(`Service account ${target} already exists within project.`);
      state.accounts.push(email);
    },
  },
  {
    words: 'iam service-accounts get-iam-policy',
    flags: ['--project=', '--format='],
    run: (state, { target }) => state.policies[accountOf(state, target)] ?? { etag: 'ACAB' },
  },
  {
    words: 'iam service-accounts add-iam-policy-binding',
    flags: ['--project=', '--member=', '--role=', '--condition='],
    changes: true,
    run: (state, call) => {
      accountOf(state, call.target);
      bind(state, call);
    },
  },
  {
    words: 'iam roles describe',
    flags: ['--project=', '--format='],
    run: (state, { target }) => roleOf(state, target),
  },
  {
    words: 'iam roles create',
    flags: ['--project=', '--permissions=', '--title=', '--stage='],
    changes: true,
    run: (state, call) => {
      if (state.roles[call.target])
        throw new GcloudError(`A role named ${call.target} in projects/${state.project} already exists.`);
      state.roles[call.target] = { includedPermissions: permissionsOf(call) };
    },
  },
  {
    words: 'iam roles update',
    flags: ['--project=', '--permissions='],
    changes: true,
    run: (state, call) => {
      roleOf(state, call.target).includedPermissions = permissionsOf(call);
    },
  },
];
