import { createTranslator } from 'use-intl/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en, type Messages } from '#app/_i18n/catalogue.ts';
import { fr } from '#app/_i18n/catalogue-fr.ts';
import {
  eventName,
  outcomeName,
  periodName,
  periodShortName,
  strengthName,
  zoneName,
} from '#app/_i18n/hockey-words.ts';
import { caller, clipRow, type PortalFixture, portalFixture } from '#lib/runtime/portal-fixture.ts';
import { listClipsQuerySchema } from './clip-filter-schemas.ts';
import { listClips } from './list-clips.ts';

const COACH = caller('coach', { teamAccess: ['MTL'] });
const ADMIN = caller('admin');

/** Names that players have: short and long, compound, with accents and apostrophes, and some that are near each other. */
const LAST_NAMES =
  `Hutberg Faulkner Okafor Sazonov Soubry Béliveau Lavallée Bergström Kowalczyk Whitfield Tremblay Lafrenière
  Bouchard Gauthier Pelletier Desjardins Lindqvist Håkansson Söderström Väisänen Mäkinen Korhonen Novotný Dvořák Procházka
  Svoboda Kučera Petrov Ivanov Smirnov Kuznetsov Vasilevsky Malkin Fedorov Müller Schneider Zimmermann Keller Johnson
  Johansson Jansson Larsson Larson Anderson Andersson O'Reilly McDavid MacKinnon Stamkos Giroux`.split(/\s+/);

let portal: PortalFixture;
beforeAll(async () => {
  portal = await portalFixture();
});
afterAll(() => portal.close());

const idsOf = async (q: string, user = COACH): Promise<string[]> => {
  const { clips } = await listClips(portal.deps, user, listClipsQuerySchema.parse({ q, limit: '500', include: '' }));
  return clips.map((clip) => clip.clip_id);
};
const insert = (rows: Parameters<typeof clipRow>[0][]) =>
  portal.db.clip.createMany({ data: rows.map((row) => clipRow({ teamCode: 'MTL', playerName: null, ...row })) });

/** Every way to make one slip in a word. */
const SLIPS: Record<string, (word: string) => string[]> = {
  dropped: (word) => [...word].map((_, n) => word.slice(0, n) + word.slice(n + 1)),
  doubled: (word) => [...word].map((letter, n) => word.slice(0, n) + letter + word.slice(n)),
  wrong: (word) => [...word].map((letter, n) => word.slice(0, n) + (letter === 'x' ? 'y' : 'x') + word.slice(n + 1)),
  swapped: (word) =>
    [...word].slice(1).map((letter, n) => word.slice(0, n) + letter + (word[n] ?? '') + word.slice(n + 2)),
};

describe('a slip in a last name of fifty', () => {
  beforeAll(() => insert(LAST_NAMES.map((name, n) => ({ clipId: `name-${n}`, playerName: `Zoé ${name}` }))));

  it.each(Object.entries(SLIPS))('of one letter %s finds it nearly always, and not everybody', async (_, slips) => {
    const missed: string[] = [];
    let tried = 0;
    let others = 0;
    for (const [n, name] of LAST_NAMES.entries()) {
      const all = slips(name.toLowerCase());
      // Three places in each name: its beginning, its middle and its end.
      for (const typed of new Set([all.at(0), all.at(all.length >> 1), all.at(-1)])) {
        if (typed === undefined || typed === name.toLowerCase()) continue;
        const found = await idsOf(typed);
        tried += 1;
        others += found.length - 1;
        if (!found.includes(`name-${n}`)) missed.push(`${typed} for ${name}`);
      }
    }
    expect(tried).toBeGreaterThan(100);
    expect(missed.length / tried, missed.join(', ')).toBeLessThanOrEqual(0.01);
    expect(others / tried).toBeLessThan(0.5);
  });

  it('a name that is typed right finds that name alone, however near another is', async () => {
    for (const near of ['Larson', 'Larsson', 'Andersson', 'Anderson', 'Johansson', 'Jansson'])
      expect(await idsOf(near), near).toEqual([`name-${LAST_NAMES.indexOf(near)}`]);
    expect(await idsOf('oreilly')).toEqual(await idsOf("O'Reilly"));
    expect(await idsOf('oreily')).toEqual(await idsOf("O'Reilly"));
  });

  it('does not guess at short words, numbers and ids', async () => {
    expect(await idsOf('zoe')).toHaveLength(LAST_NAMES.length);
    for (const q of ['zoo', 'name-999', 'name-1x']) expect(await idsOf(q), q).toEqual([]);
    expect(await idsOf('name-49')).toEqual(['name-49']);
  });
});

describe('initials', () => {
  it.each([
    ['Pierre-Jean Soubri', ['pj soubri', 'PJ', 'P.J.', 'P.-J. Soubri', 'p-j', 'PJS', 'p j soubri', 'soubri pj']],
    ['P.J. Soubri', ['pj soubri', 'PJ', 'p.j.', 'P.J', 'pjs']],
    ['PJ Soubri', ['pj soubri', 'PJ', 'P.J.']],
    ['Jean Paul Soubri-Roy', ['jp soubri', 'J.P.', 'jpsr', 'jps']],
    ['Nick Soubri', ['ns', 'n soubri', 'N.S.']],
  ])('of %s are known', async (playerName, queries) => {
    await portal.db.clip.deleteMany({ where: { clipId: 'initials' } });
    await insert([{ clipId: 'initials', playerName }]);
    for (const q of queries) expect(await idsOf(q), q).toEqual(['initials']);
    expect(await idsOf('qj soubri')).toEqual([]);
  });
});

/** Every name that a screen shows of a value, in both languages. */
const TRANSLATORS = [
  createTranslator<Messages, 'hockey'>({ locale: 'en', messages: en, namespace: 'hockey' }),
  createTranslator<Messages, 'hockey'>({ locale: 'fr', messages: fr as Messages, namespace: 'hockey' }),
];
const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '');

describe('the names of values', () => {
  const [english, french] = TRANSLATORS;
  const keys = (part: 'event' | 'zone' | 'outcome' | 'strength') => Object.keys(en.hockey[part]);

  beforeAll(async () => {
    await insert([
      ...keys('event').map((key) => ({ clipId: `w-event-${key}`, eventType: key })),
      ...keys('zone').map((key) => ({ clipId: `w-zone-${key}`, eventType: 'custom', zone: key.toUpperCase() })),
      ...keys('outcome').map((key) => ({ clipId: `w-outcome-${key}`, eventType: 'custom', outcome: key })),
      ...keys('strength').map((key) => ({ clipId: `w-strength-${key}`, eventType: 'custom', strength: key })),
      ...[1, 2, 3, 4, 5].map((period) => ({ clipId: `w-period-${period}`, eventType: 'custom', period })),
    ]);
  });

  it('are found as either language shows them, accents and case aside', async () => {
    const missed: string[] = [];
    const names = (t: (typeof TRANSLATORS)[number]): [string, string][] => [
      ...keys('event').map((key): [string, string] => [`w-event-${key}`, eventName(t, key)]),
      ...keys('zone').map((key): [string, string] => [`w-zone-${key}`, zoneName(t, key)]),
      ...keys('outcome').map((key): [string, string] => [`w-outcome-${key}`, outcomeName(t, key)]),
      ...keys('strength').map((key): [string, string] => [`w-strength-${key}`, strengthName(t, key)]),
      ...[1, 2, 3, 4, 5].flatMap((period): [string, string][] => [
        [`w-period-${period}`, periodName(t, period)],
        [`w-period-${period}`, periodShortName(t, period)],
      ]),
    ];
    for (const [id, name] of TRANSLATORS.flatMap(names))
      for (const q of [name, plain(name).toUpperCase()])
        if (!(await idsOf(q)).includes(id)) missed.push(`${q} for ${id}`);
    expect(missed).toEqual([]);
    expect(english).not.toBe(french);
  });

  it('forgive a slip, and find nothing else', async () => {
    expect(await idsOf('mise au jeu')).toEqual(['w-event-faceoff']);
    expect(await idsOf('MISE AU JEU')).toEqual(['w-event-faceoff']);
    expect(await idsOf('turnovr')).toEqual(['w-event-turnover']);
    // A takeaway is a "revirement provoqué".
    expect(await idsOf('reviremnet')).toEqual(['w-event-turnover', 'w-event-takeaway']);
    expect(await idsOf('ofensive')).toEqual(['w-zone-oz']);
    expect(await idsOf('prolongatoin')).toEqual(['w-period-5', 'w-period-4']);
    expect(await idsOf('P2')).toEqual(['w-period-2']);
    expect(await idsOf('2e')).toEqual(['w-period-5', 'w-period-2']);
    expect(await idsOf('rate')).toEqual(['w-outcome-failed']);
  });
});

describe('strengths', () => {
  it.each([
    [
      '5v4',
      ['5v4', '5c4', '5V4', 'pp', 'PP', 'AN', 'power play', 'powerplay', 'avantage numérique', 'AVANTAGE NUMERIQUE'],
    ],
    ['4V5', ['4v5', 'pk', 'PK', 'DN', 'sh', 'penalty kill', 'short-handed', 'désavantage numérique', 'desavantage']],
    ['powerPlay', ['pp', 'an', 'power play']],
    ['5c3', ['5v3', '5c3', 'pp']],
    ['4v4', ['4v4', 'ev', 'even strength', 'forces égales']],
    ['6v5', ['6v5', '6c5']],
  ])('of %s are found by what people call them', async (strength, queries) => {
    const user = caller('coach', { teamAccess: ['BOS'] });
    await portal.db.clip.deleteMany({ where: { teamCode: 'BOS' } });
    await insert([
      { clipId: 'an-pp-pk', teamCode: 'BOS', playerName: 'Antoine Dropp', strength: '5v5' },
      { clipId: 'strength', teamCode: 'BOS', eventType: 'custom', strength },
    ]);
    for (const q of queries.filter((q) => strength !== '4v4' || !['ev', 'even strength', 'forces égales'].includes(q)))
      expect(await idsOf(q, user), q).toEqual(['strength']);
    if (strength === '4v4')
      for (const q of ['ev', 'even strength', 'forces égales']) expect(await idsOf(q, user), q).toHaveLength(2);
    if (strength === '6v5') expect(await idsOf('pp', user)).toEqual([]);
  });
});

describe('what is there decides how far a word is bent', () => {
  const team = ['CHI'];
  const coach = caller('coach', { teamAccess: team });

  it('at once: a name that goes, comes or comes back from the trash', async () => {
    await insert([
      { clipId: 'right', teamCode: 'CHI', playerName: 'Ivo Fenwick' },
      { clipId: 'slip', teamCode: 'CHI', playerName: 'Ivo Fenwich' },
    ]);
    expect(await idsOf('fenwich', coach)).toEqual(['slip']);
    await portal.db.clip.updateMany({ where: { clipId: 'slip' }, data: { playerName: 'Ivo Fenwick' } });
    expect(await idsOf('fenwich', coach)).toEqual(['slip', 'right']);
    await portal.db.$queryRaw`SELECT media.settle_clip_counts()`;
    expect(await idsOf('fenwich', coach)).toEqual(['slip', 'right']);
    const words = () => portal.db.searchWord.findMany({ where: { teamCode: 'CHI', word: { startsWith: 'fenw' } } });
    expect((await words()).map(({ word }) => word)).toEqual(['fenwick']);
    await portal.db.clip.updateMany({ where: { clipId: 'slip' }, data: { deletedAt: new Date() } });
    expect(await idsOf('fenwikc', coach)).toEqual(['right']);
    await portal.db.clip.updateMany({ where: { teamCode: 'CHI' }, data: { deletedAt: new Date() } });
    await portal.db.$queryRaw`SELECT media.settle_clip_counts()`;
    expect(await words()).toEqual([]);
    await portal.db.clip.updateMany({ where: { teamCode: 'CHI' }, data: { deletedAt: null } });
    expect(await idsOf('fenwikc', coach)).toEqual(['slip', 'right']);
  });

  it('for a player by their own clips, and no teammate’s', async () => {
    await insert([
      { clipId: 'own', teamCode: 'OTT', playerId: '17', playerName: 'Ivo Larkin', eventType: 'goal' },
      { clipId: 'mate', teamCode: 'OTT', playerId: '18', playerName: 'Uwe Larkim', strength: '5v4' },
    ]);
    const player = caller('player', { teamAccess: ['OTT'], playerId: '17' });
    for (const q of ['larkin', 'larkim', 'larkni', 'but', 'IL']) expect(await idsOf(q, player), q).toEqual(['own']);
    for (const q of ['pp', 'uwe', 'UL']) expect(await idsOf(q, player), q).toEqual([]);
    expect(await idsOf('larkim', caller('coach', { teamAccess: ['OTT'] }))).toEqual(['mate']);
  });

  it('for each team by itself', async () => {
    await insert([
      { clipId: 'here', teamCode: 'VAN', playerName: 'Ivo Palmgren' },
      { clipId: 'there', teamCode: 'SEA', playerName: 'Ivo Palmgran' },
    ]);
    expect(await idsOf('palmgran', caller('coach', { teamAccess: ['VAN'] }))).toEqual(['here']);
    expect(await idsOf('palmgran', ADMIN)).toEqual(['there']);
  });
});
