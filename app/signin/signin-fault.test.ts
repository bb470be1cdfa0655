import { expect, it } from 'vitest';
import { signinFaultOf } from './signin-fault.ts';

it.each([
  ['CredentialsSignin', { kind: 'credentials' }],
  ['EmailNotVerified', { kind: 'notVerified' }],
  ['OAuthCallback', { kind: 'provider' }],
  ['constructor', { kind: 'provider' }],
  ['TooManyAttempts.1', { kind: 'tooMany', minutes: 1 }],
  ['TooManyAttempts.61', { kind: 'tooMany', minutes: 2 }],
  ['TooManyAttempts.<b>', { kind: 'provider' }],
  ['SessionRequired', null],
  [undefined, null],
  [['a', 'b'], null],
])('?error=%s is %j', (error, fault) => {
  expect(signinFaultOf(error)).toEqual(fault);
});
