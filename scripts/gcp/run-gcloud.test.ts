import { describe, expect, it } from 'vitest';
import { commandLine, PROJECT_NUMBER, shellQuote } from './gcloud-step.ts';
import { holdsGrant } from './iam-bindings.ts';
import { createGcloud } from './run-gcloud.ts';

const refusing = (stderr: string) => createGcloud(async () => ({ exitCode: 1, stdout: '', stderr }));

describe('what gcloud says', () => {
  it.each([
    'ERROR: (gcloud.storage.buckets.describe) gs://club-lake not found: 404.',
    'ERROR: (gcloud.iam.service-accounts.describe) NOT_FOUND: Unknown service account.',
    "ERROR: (gcloud.compute.url-maps.describe) Could not fetch resource:\n - The resource 'projects/p/global/urlMaps/x' was not found",
  ])('is of a thing that is not there: %s', async (stderr) => {
    expect(await refusing(stderr).read(['x'])).toBeNull();
  });

  it.each([
    "ERROR: PERMISSION_DENIED: Permission 'iam.roles.get' denied on resource (or it may not exist).",
    'ERROR: HTTPError 403: a@b.example does not have storage.buckets.get access, or the bucket does not exist.',
    'ERROR: (gcloud.storage.buckets.describe) There was a problem refreshing your current auth tokens',
  ])('is a failure, and no missing thing: %s', async (stderr) => {
    await expect(refusing(stderr).read(['iam', 'roles'])).rejects.toThrow(`This failed: gcloud iam roles — ${stderr}`);
  });

  it('is JSON, or nothing that could be judged', async () => {
    const saying = (stdout: string) => createGcloud(async () => ({ exitCode: 0, stdout, stderr: '' }));
    expect(await saying('{"a":1}').read(['x'])).toEqual({ a: 1 });
    await expect(saying('hello').read(['x'])).rejects.toThrow('This printed no JSON: gcloud x');
  });
});

describe('a grant', () => {
  const grant = { member: 'user:a@b.example', role: 'roles/x', condition: { expression: 'true', title: 't' } };
  const policy = (binding: object) => ({ bindings: [{ role: 'roles/x', members: ['user:a@b.example'], ...binding }] });

  it('is held with its own condition only: one without is wider', () => {
    expect(holdsGrant(policy({ condition: { expression: 'true' } }), grant)).toBe(true);
    expect(holdsGrant(policy({}), grant)).toBe(false);
    expect(holdsGrant(policy({ condition: { expression: 'false' } }), grant)).toBe(false);
    expect(holdsGrant(policy({ members: ['user:c@b.example'] }), grant)).toBe(false);
    expect(holdsGrant({ etag: 'ACAB' }, grant)).toBe(false);
    expect(holdsGrant(null, grant)).toBe(false);
  });
});

describe('a printed command', () => {
  it('is read back by the shell as it was', () => {
    expect(commandLine(['a', "it's", 'x || "y"', '$HOME', '*'])).toBe(`gcloud a 'it'\\''s' 'x || "y"' '$HOME' '*'`);
  });

  it('lets the shell fill in the project’s number, and nothing else', () => {
    expect(shellQuote(`service-${PROJECT_NUMBER}@x`)).toBe('"service-$PROJECT_NUMBER@x"');
  });
});
