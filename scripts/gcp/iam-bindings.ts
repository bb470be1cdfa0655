import { z } from 'zod';

/** An IAM policy, as `get-iam-policy --format=json` prints it everywhere. */
const policySchema = z.object({
  bindings: z
    .array(
      z.object({
        role: z.string(),
        members: z.array(z.string()).default([]),
        condition: z.object({ expression: z.string() }).optional(),
      }),
    )
    .default([]),
});

export interface Grant {
  member: string;
  role: string;
  /** A condition in CEL under which the grant holds, and its title. It has no comma. */
  condition?: { expression: string; title: string };
}

/** Whether a policy holds this very grant; one without its condition would be a wider one. */
export function holdsGrant(policy: unknown, { member, role, condition }: Grant): boolean {
  if (policy === null) return false;
  return policySchema
    .parse(policy)
    .bindings.some(
      (binding) =>
        binding.role === role &&
        binding.members.includes(member) &&
        binding.condition?.expression === condition?.expression,
    );
}

/** The flags of `add-iam-policy-binding`; without a condition it asks for one as soon as another grant has any. */
export const grantFlags = ({ member, role, condition }: Grant): string[] => [
  `--member=${member}`,
  `--role=${role}`,
  `--condition=${condition ? `expression=${condition.expression},title=${condition.title}` : 'None'}`,
];
