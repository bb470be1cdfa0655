import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UserContext } from '#lib/auth/user-context.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { faultOf, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { patchClubSchema, sizeOfPng } from './club-schemas.ts';
import { getCrest, listClubs, patchClub } from './manage-clubs.ts';

/** Red, one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

let portal: PortalFixture;
const user = (role: UserContext['role'], teams: string[]): UserContext => ({
  ...{ userId: crypto.randomUUID(), role, name: role, teamAccess: teams, preferences: {} },
});
const admin = user('admin', ['MTL']);
const of = (teamCode: string, version?: string) => ({
  teamCode,
  ifMatch: version === undefined ? null : [version],
});
const patch = (given: object) => patchClubSchema.parse(given);

beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

describe('a club', () => {
  it('is told to everybody, and changed field by field by admins who reach its team', async () => {
    const made = await patchClub(portal.deps, admin, of('MTL'), patch({ color: '#B3202F', crest: PIXEL }));
    expect(made).toMatchObject({ team_code: 'MTL', name: null, color: '#b3202f', version: '1' });
    const named = await patchClub(portal.deps, admin, of('MTL'), patch({ name: 'Montréal' }));
    expect(named).toMatchObject({ name: 'Montréal', color: '#b3202f', crest_url: made.crest_url, version: '2' });
    expect(await listClubs(portal.deps)).toEqual([named]);
    const file = named.crest_url?.split('/').at(-1) ?? '';
    expect(Buffer.from(await getCrest(portal.deps, file)).toString('base64')).toBe(PIXEL);
    const bare = await patchClub(portal.deps, admin, of('MTL'), patch({ crest: null }));
    expect(bare.crest_url).toBeNull();
    expect(await faultOf(getCrest(portal.deps, file))).toMatchObject({ status: 404 });
  });

  it('is changed by nobody else', async () => {
    for (const other of [user('coach', ['MTL']), user('player', ['MTL'])]) {
      expect(await faultOf(patchClub(portal.deps, other, of('MTL'), patch({ name: 'X' })))).toMatchObject({
        status: 403,
      });
    }
    expect(await faultOf(patchClub(portal.deps, admin, of('CHI'), patch({ name: 'X' })))).toMatchObject({
      status: 404,
    });
    // Postgres says so as well, where a condition was forgotten.
    const forgotten = withinReach(portal.deps.db, admin, (tx) => tx.club.create({ data: { teamCode: 'CHI' } }));
    await expect(forgotten).rejects.toThrow();
    const everywhere = await patchClub(portal.deps, user('admin', ['ALL']), of('CHI'), patch({ color: '#cf0a2c' }));
    expect(everywhere.team_code).toBe('CHI');
  });

  it('loses nothing when two change it', async () => {
    const { version } = await patchClub(portal.deps, admin, of('MTL'), patch({ name: 'One' }));
    await patchClub(portal.deps, admin, of('MTL', version), patch({ name: 'Two' }));
    const late = patchClub(portal.deps, admin, of('MTL', version), patch({ name: 'Three' }));
    expect(await faultOf(late)).toMatchObject({ status: 412, code: 'stale_edit' });
  });
});

describe('what a club may look like', () => {
  it('is six hexadecimal digits and a small PNG, and nothing else', () => {
    const wide = Buffer.from(PIXEL, 'base64');
    wide.writeUInt32BE(513, 16);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64');
    const refused = [
      ...[{}, { color: 'red' }, { color: '#12345' }, { color: '#12345g' }, { name: '' }, { name: 'a\u202eb' }],
      ...[{ crest: '' }, { crest: svg }, { crest: wide.toString('base64') }, { crest: PIXEL.slice(0, 20) }],
      ...[{ crest: 'A'.repeat(400_000) }, { crest: 7 }, { size: 1 }],
    ];
    for (const given of refused)
      expect(patchClubSchema.safeParse(given).success, JSON.stringify(given).slice(0, 60)).toBe(false);
    expect(patchClubSchema.safeParse({ name: null, color: null, crest: null }).success).toBe(true);
  });

  it('is read from a PNG’s header', () => {
    expect(sizeOfPng(Buffer.from(PIXEL, 'base64'))).toEqual({ width: 1, height: 1 });
    expect(sizeOfPng(new Uint8Array(30))).toBeNull();
    expect(sizeOfPng(new Uint8Array())).toBeNull();
  });
});
