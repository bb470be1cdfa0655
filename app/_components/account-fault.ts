import { people } from '#app/_i18n/en/people.ts';

type FaultKey = keyof typeof people.fault;

/** The catalogue's name of a fault that a form's action answered. */
export const faultKeyOf = (code: string): FaultKey =>
  Object.hasOwn(people.fault, code) ? (code as FaultKey) : code === 'invalid_request' ? 'password' : 'other';
