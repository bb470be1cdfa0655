'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#app/_ui/cn.ts';
import type { ClubJson } from '#lib/clubs/club-schemas.ts';

type ClubLook = Pick<ClubJson, 'team_code' | 'color' | 'crest_url'>;

const Clubs = createContext<ReadonlyMap<string, ClubLook>>(new Map());

/** What is said of clubs, for everything inside the shell, or behind a link. */
export function ClubsProvider({ clubs, children }: { clubs: readonly ClubLook[]; children: ReactNode }) {
  return <Clubs value={new Map(clubs.map((club) => [club.team_code, club]))}>{children}</Clubs>;
}

/** How a club looks; `undefined` where nobody has said. */
export const useClub = (team: string | null): ClubLook | undefined => {
  const clubs = useContext(Clubs);
  return team === null ? undefined : clubs.get(team);
};

const CREST_SIZES = { small: 'size-4', medium: 'size-5', large: 'size-7' } as const;

interface ClubMarkProps {
  team: string | null;
  size?: keyof typeof CREST_SIZES;
  className?: string;
}

/**
 * A club's crest, or a dot of its colour; nothing where nobody has said how it looks. Decorative: the club's code or name
 * stands beside it.
 */
export function ClubMark({ team, size = 'medium', className }: ClubMarkProps) {
  const club = useClub(team);
  if (club?.crest_url) {
    return (
      <img
        src={club.crest_url}
        alt=""
        width={20}
        height={20}
        decoding="async"
        className={cn('shrink-0 object-contain', CREST_SIZES[size], className)}
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

interface GameTeamsProps {
  team: string;
  opponent: string | null;
  size?: keyof typeof CREST_SIZES;
}

/** Which game: both clubs, each with its crest. */
export function GameTeams({ team, opponent, size = 'medium' }: GameTeamsProps) {
  const hockey = useTranslations('hockey');
  return (
    <span className="inline-flex max-w-full items-center gap-2 align-bottom">
      <ClubMark team={team} size={size} />
      <span className="truncate">{opponent ? hockey('game', { team, opponent }) : team}</span>
      <ClubMark team={opponent} size={size} />
    </span>
  );
}

/** The line in the club's colour at the top of the portal, for who is of one club. */
export function ClubLine({ team }: { team: string | null }) {
  const club = useClub(team);
  if (!club?.color) return null;
  return <div aria-hidden className="h-0.5" style={{ backgroundColor: club.color }} />;
}
