import { createFormatter, createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { en, type Messages } from '#app/_i18n/catalogue.ts';
import { byFacet, type ClipFacetsJson } from '#lib/clips/clip-filter-schemas.ts';
import { activeFilters, facetValues, withoutValue } from './filter-words.ts';

const hockey = createTranslator<Messages, 'hockey'>({ locale: 'en', messages: en, namespace: 'hockey' });
const format = createFormatter({ locale: 'en', timeZone: 'America/Toronto' });

const facets: ClipFacetsJson = {
  ...byFacet(() => []),
  player_id: [{ value: '8480018', label: 'Nick Suzuki', count: 7 }],
  period: [
    { value: '3', label: null, count: 9 },
    { value: '1', label: null, count: 4 },
  ],
  capped: false,
};

describe('activeFilters', () => {
  it('names what is set, in the order of the filters, in words', () => {
    const active = activeFilters(
      { q: 'net front', event_type: ['lpr', 'shot'], player_id: ['8480018'], period: ['2'], date_from: '2025-10-11' },
      facets,
      hockey,
      format,
    );
    expect(active.map(({ name, text }) => [name, text])).toEqual([
      ['player_id', 'Nick Suzuki'],
      ['date_from', 'Oct 11, 2025'],
      ['period', '2nd period'],
      ['event_type', 'Loose-puck recovery'],
      ['event_type', 'Shot'],
      ['q', 'net front'],
    ]);
  });

  it('shows the value itself while its name is unknown', () => {
    expect(activeFilters({ player_id: ['8480018'] }, undefined, hockey, format)[0]?.text).toBe('8480018');
  });
});

describe('withoutValue', () => {
  const active = activeFilters({ event_type: ['lpr', 'shot'], q: 'net', zone: ['oz'] }, facets, hockey, format);
  const without = (value: string) => {
    const filter = active.find((known) => known.value === value);
    return filter && withoutValue(active, filter);
  };
  it('leaves the other values of the filter, or nothing', () => {
    expect(without('lpr')).toEqual({ event_type: ['shot'] });
    expect(without('oz')).toEqual({ zone: null });
    expect(without('net')).toEqual({ q: null });
  });
});

describe('facetValues', () => {
  it('puts periods in their order and others in the server’s', () => {
    expect(facetValues(facets, 'period', undefined).map((entry) => entry.value)).toEqual(['1', '3']);
  });

  it('keeps the chosen value on offer when nothing matches it any more', () => {
    expect(facetValues(facets, 'zone', ['oz'])).toEqual([{ value: 'oz', label: null, count: 0 }]);
    expect(facetValues(facets, 'player_id', ['8480018'])).toHaveLength(1);
  });

  it('leaves the answer itself untouched', () => {
    facetValues(facets, 'period', ['2']);
    expect(facets.period.map((entry) => entry.value)).toEqual(['3', '1']);
  });
});
