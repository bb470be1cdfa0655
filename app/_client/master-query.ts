import { MASTER_STATUSES, type MasterStatus } from '#lib/masters/master-schemas.ts';
import { gameIdSchema, seasonSchema, teamCodeSchema } from '#lib/storage/object-keys.ts';

/** The masters list as the URL tells it; every value is acceptable to the API. */
export interface MasterQuery {
  team_code: string;
  season: string;
  game_id: string;
  status: MasterStatus | '';
  /** 1 is the first. */
  page: number;
}

export const MASTERS_PAGE_SIZE = 50;

export const NO_MASTER_FILTERS: MasterQuery = { team_code: '', season: '', game_id: '', status: '', page: 1 };

type Params = Readonly<Record<string, string | readonly string[] | null | undefined>>;

const textOf = (value: Params[string]): string => (typeof value === 'string' ? value.trim() : '');

/** Reads the list's state out of URL parameters; what the API would refuse is left out. */
export function readMasterQuery(params: Params): MasterQuery {
  const status = MASTER_STATUSES.find((known) => known === textOf(params.status)) ?? '';
  const page = /^[1-9]\d{0,4}$/.test(textOf(params.page)) ? Number(textOf(params.page)) : 1;
  return {
    team_code: teamCodeSchema.safeParse(textOf(params.team_code)).data ?? '',
    season: seasonSchema.safeParse(textOf(params.season)).data ?? '',
    game_id: gameIdSchema.safeParse(textOf(params.game_id)).data ?? '',
    status,
    page,
  };
}

/** Filters and page as `GET /masters` takes them, always in one order. */
export function masterQueryText({ page, ...filters }: MasterQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== '') params.set(name, value);
  params.set('limit', String(MASTERS_PAGE_SIZE));
  if (page > 1) params.set('offset', String((page - 1) * MASTERS_PAGE_SIZE));
  return params.toString();
}

/** The page's own address with the same state. */
export function mastersHref({ page, ...filters }: MasterQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== '') params.set(name, value);
  if (page > 1) params.set('page', String(page));
  return params.size > 0 ? `/admin/masters?${params}` : '/admin/masters';
}
