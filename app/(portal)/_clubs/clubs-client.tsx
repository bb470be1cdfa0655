'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { cn } from '#app/_ui/cn.ts';
import type { ClubJson } from '#lib/clubs/club-schemas.ts';

const Clubs = createContext<ReadonlyMap<string, ClubJson>>(new Map());

/** What is said of clubs, for everything inside the shell. */
export function ClubsProvider({ clubs, children }: { clubs: readonly ClubJson[]; children: ReactNode }) {
  return <Clubs value={new Map(clubs.map((club) => [club.team_code, club]))}>{children}</Clubs>;
}

/** How a club looks; `undefined` where nobody has said. */
export const useClub = (team: string | null): ClubJson | undefined => {
  const clubs = useContext(Clubs);
  return team === null ? undefined : clubs.get(team);
};

/**
 * A club's crest, or a dot of its colour; nothing where nobody has said how it looks. Decorative: the club's code or name
 * stands beside it.
 */
export function ClubMark({ team, className }: { team: string | null; className?: string }) {
  const club = useClub(team);
  if (club?.crest_url) {
    return (
      <img
        src={club.crest_url}
        alt=""
        width={20}
        height={20}
        decoding="async"
        className={cn('size-5 shrink-0 object-contain', className)}
      />
    );
  }
  if (!club?.color) return null;
  return (
    <span
      aria-hidden
      style={{ backgroundColor: club.color }}
      className={cn('size-2.5 shrink-0 rounded-full ring-1 ring-line-strong', className)}
    />
  );
}

/** The line in the club's colour at the top of the portal, for who is of one club. */
export function ClubLine({ team }: { team: string | null }) {
  const club = useClub(team);
  if (!club?.color) return null;
  return <div aria-hidden className="h-0.5" style={{ backgroundColor: club.color }} />;
}
