import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { badRequest } from '#lib/errors.ts';

/** OWASP's argon2id floor: 19 MiB, two passes, one lane. */
const OPTIONS = {
  algorithm: 2 satisfies Algorithm.Argon2id as Algorithm,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** A password that nobody has; verified against when an account does not exist, so that both answers take as long. */
let decoy: Promise<string> | undefined;

/**
 * @param least how many characters it has at least; of an account's, 12.
 * @throws AppError 400 for a password that is shorter, or longer than 256 characters.
 */
export async function hashPassword(password: string, least = 12): Promise<string> {
  if (password.length < least || password.length > 256) {
    throw badRequest([{ path: 'password', message: `A password has ${least} to 256 characters.` }]);
  }
  return hash(password.normalize('NFKC'), OPTIONS);
}

/** Whether the password is the hash's. Without a hash it takes as long and says no. */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this password', OPTIONS);
  const matches = await verify(passwordHash ?? (await decoy), password.normalize('NFKC').slice(0, 256)).catch(
    () => false,
  );
  return matches && Boolean(passwordHash);
}
