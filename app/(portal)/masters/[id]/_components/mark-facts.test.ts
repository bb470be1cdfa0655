import { expect, it } from 'vitest';
import { EMPTY_FACTS } from '#app/(portal)/watch/_components/fact-draft.ts';
import { draftOfParts, keptFacts, readRemembered, rememberedText } from './mark-facts.ts';

const facts = {
  ...EMPTY_FACTS,
  event_type: 'shot',
  player_id: '7',
  player_name: 'Nick',
  outcome: 'failed',
  period: '2',
};

it('remembers who and what, and nobody of another team', () => {
  const text = rememberedText('MTL', facts);
  expect(readRemembered(text, 'MTL')).toEqual({ event_type: 'shot', player_id: '7', player_name: 'Nick' });
  expect(readRemembered(text, 'CHI')).toEqual({ event_type: 'shot' });
});

it.each([null, '', '{', '[]', '{"team":"MTL"}', '"x"'])('makes nothing of %j', (text) => {
  expect(readRemembered(text, 'MTL')).toEqual({});
});

it('keeps what is true of the film, and takes the newest of what is said', () => {
  expect(keptFacts(facts)).toEqual({ period: '2', opponent_code: '', game_date: '' });
  expect(keptFacts({ outcome: 'failed' })).toEqual({});
  expect(draftOfParts({ period: '1' }, { period: '2' }, {})).toEqual({ ...EMPTY_FACTS, period: '2' });
});
