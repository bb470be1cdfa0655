import { useState } from 'react';
import { remember, useRemembered } from '#app/_client/remembered.ts';
import { factsOfMaster } from '#app/(portal)/_masters/new-clip.ts';
import type { FactDraft } from '#app/(portal)/watch/_components/fact-draft.ts';
import type { FilmJson } from '#lib/masters/film-schemas.ts';
import { draftOfParts, keptFacts, readRemembered, rememberedText } from './mark-facts.ts';

/** The facts of the next clip: of the film, of the clip before it, and what is typed. */
export function useMarkFacts(team: string, film: FilmJson | null) {
  const remembered = useRemembered('mark-facts');
  const [typed, setTyped] = useState<Partial<FactDraft>>({});
  const [tags, setTags] = useState('');
  const draftOf = (of: FilmJson | null) =>
    draftOfParts(of ? factsOfMaster(of) : {}, readRemembered(remembered, team), typed);
  return {
    draft: draftOf(film),
    /** Those of a clip that was marked in a film. */
    draftOf,
    tags,
    setTags,
    change: (change: Partial<FactDraft>) => setTyped((old) => ({ ...old, ...change })),
    /** Called with the facts of a clip that was made. */
    onMade: (made: FactDraft) => {
      remember('mark-facts', rememberedText(team, made));
      setTyped(keptFacts);
      setTags('');
    },
  };
}
