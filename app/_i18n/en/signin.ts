export const signin = {
  title: 'Sign in',
  lead: 'Your team’s video, in one place.',
  email: 'Email',
  password: 'Password',
  submit: 'Sign in',
  submitting: 'Signing in…',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  or: 'or',
  withProvider: 'Continue with {provider}',
  error: {
    credentials: 'Email or password is not right.',
    network: 'The server cannot be reached. Check the connection and try again.',
    tooMany: 'Too many attempts. Wait a moment, then try again.',
    provider: 'The sign-in with this provider did not work. Try again, or use your password.',
    noAccount: 'This address has no account here. Ask an admin for one.',
  },
} as const;
