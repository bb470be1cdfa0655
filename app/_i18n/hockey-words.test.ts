import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { en, type Messages } from './catalogue.ts';
import { fr } from './catalogue-fr.ts';
import {
  eventName,
  outcomeName,
  periodName,
  periodShortName,
  statusName,
  strengthName,
  zoneName,
} from './hockey-words.ts';

const english = createTranslator<Messages, 'hockey'>({ locale: 'en', messages: en, namespace: 'hockey' });
const french = createTranslator<Messages, 'hockey'>({ locale: 'fr', messages: fr as Messages, namespace: 'hockey' });

describe('event names', () => {
  it.each([
    ['lpr', 'Loose-puck recovery', 'Récupération de rondelle libre'],
    ['controlledentryagainst', 'Controlled entry against', 'Entrée de zone contrôlée adverse'],
    ['check', 'Check', 'Mise en échec'],
    ['icing', 'Icing', 'Dégagement refusé'],
    ['turnover', 'Turnover', 'Revirement'],
  ])('%s', (event, inEnglish, inFrench) => {
    expect(eventName(english, event)).toBe(inEnglish);
    expect(eventName(french, event)).toBe(inFrench);
  });

  it('knows one event under its several spellings', () => {
    for (const spelling of ['zoneEntry', 'zone_entry', 'Zone Entry', 'zone-entry'])
      expect(eventName(french, spelling)).toBe('Entrée de zone');
  });

  it('shows what it does not know as it is, object property names too', () => {
    expect(eventName(english, 'Michigan goal!')).toBe('Michigan goal!');
    expect(eventName(english, 'constructor')).toBe('constructor');
    expect(eventName(english, '__proto__')).toBe('__proto__');
  });
});

describe('the other words', () => {
  it('names zones, outcomes, strengths and states, and leaves the rest alone', () => {
    expect(zoneName(english, 'OZ')).toBe('Offensive zone');
    expect(outcomeName(french, 'failed')).toBe('Raté');
    expect(strengthName(french, 'powerPlay')).toBe('Avantage numérique');
    expect(strengthName(english, '5v4')).toBe('5v4');
    expect(statusName(french, 'ready')).toBe('Prête');
    expect(statusName(english, 'archived')).toBe('archived');
  });

  it('counts periods, then overtimes', () => {
    expect([1, 2, 3, 4, 5].map((period) => periodName(english, period))).toEqual([
      '1st period',
      '2nd period',
      '3rd period',
      'Overtime',
      'Overtime 2',
    ]);
    expect([1, 2, 3, 4, 5].map((period) => periodName(french, period))).toEqual([
      '1re période',
      '2e période',
      '3e période',
      'Prolongation',
      '2e prolongation',
    ]);
    expect([1, 4, 5].map((period) => periodShortName(english, period))).toEqual(['P1', 'OT', '2OT']);
  });
});
