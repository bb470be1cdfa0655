import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMasterName } from './master-name-schemas.ts';

const SHORT = {
  period: 1,
  gameDate: '2025-10-11',
  teams: ['MTL', 'CHI'],
  teamCode: 'MTL',
  opponentCode: 'CHI',
  season: '2025-2026',
};

describe('readMasterName', () => {
  it.each([
    ['p1-20251011-MTLvsCHI.mp4', SHORT],
    ['P1-20251011-mtlVSchi.MP4', SHORT],
    ['p1-20251011-NHL-MTLvsCHI-20252026-20031.mp4', { ...SHORT, gameId: '20031' }],
    ['/in/box/p1_20251011_NHL_MTLvsCHI_20252026_20031_final_v2.mov', { ...SHORT, gameId: '20031' }],
    ['C:\\video\\p1-20251011-MTLvsCHI.mkv', SHORT],
    ['20251011-MTLvsCHI-2025020031.ts', { ...SHORT, period: undefined, gameId: '2025020031' }],
  ])('reads %s', (name, expected) => {
    expect(readMasterName(name)).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it.each([
    ['20250630', '2024-2025'],
    ['20250701', '2025-2026'],
    ['20260101', '2025-2026'],
    ['20240229', '2023-2024'],
  ])('takes the season of %s to be %s', (date, season) => {
    expect(readMasterName(`p2-${date}-MTLvsCHI.mp4`).season).toBe(season);
  });

  it.each([
    ['p1-20251332-MTLvsCHI.mp4', { gameDate: undefined, season: undefined }],
    ['p1-20250229-MTLvsCHI.mp4', { gameDate: undefined, season: undefined }],
    ['p1-20251011-MTLvsCHI-20242025-20031.mp4', { gameDate: '2025-10-11', season: undefined, gameId: '20031' }],
    ['p1-20251011-MTLvsCHI-20252027-20031.mp4', { gameDate: '2025-10-11', season: undefined, gameId: '20031' }],
    ['p1-20251011-ALLvsCHI.mp4', { teams: undefined, teamCode: undefined }],
    ['p0-x.mp4', { period: undefined }],
    ['p10-x.mp4', { period: undefined }],
    ['MONTREALvsCHI.mp4', { teams: undefined }],
    ['MvsCHI.mp4', { teams: undefined }],
  ])('leaves out what is impossible in %s', (name, expected) => {
    expect(readMasterName(name)).toMatchObject(JSON.parse(JSON.stringify(expected)));
    for (const [field, value] of Object.entries(expected)) {
      if (value === undefined) expect(readMasterName(name)).not.toHaveProperty(field);
    }
  });

  it('says nothing about a name that says nothing', () => {
    expect(readMasterName('holiday.mp4')).toEqual({});
    expect(readMasterName('')).toEqual({});
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), (name) => void readMasterName(name)));
  });

  it('reads back every name that HeartBeat makes', () => {
    const team = fc.stringMatching(/^[A-Z]{2,4}$/).filter((code) => !code.includes('VS'));
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2098-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), day, team, team, (period, date, home, away) => {
        const iso = date.toISOString().slice(0, 10);
        const read = readMasterName(`p${period}-${iso.replaceAll('-', '')}-${home}vs${away}.mp4`);
        expect(read).toMatchObject({ period, gameDate: iso, teams: [home, away] });
      }),
    );
  });
});
