'use client';

import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';

interface PasswordInputProps {
  label: string;
  hint?: string;
  name: string;
  /** The password that one has, or one that is chosen now: what a password store goes by. */
  kind: 'current-password' | 'new-password';
  error?: string | null;
}

/** A field for a password that password stores understand. */
export function PasswordInput({ label, hint, name, kind, error }: PasswordInputProps) {
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={error} required>
      {(control) => (
        <Input
          {...control}
          name={name}
          type="password"
          autoComplete={kind}
          required
          {...(kind === 'new-password' ? { minLength: 12, maxLength: 256 } : {})}
        />
      )}
    </Field>
  );
}
