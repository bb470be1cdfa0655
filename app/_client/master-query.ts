import { MASTER_STATUSES, type MasterStatus } from '#lib/masters/master-schemas.ts';
import { gameIdSchema, seasonSchema, teamCodeSchema } from '#lib/word-schemas.ts';

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

/** What is shown unless a state is asked for: failed uploads stand aside. */
const SOUND: readonly MasterStatus[] = ['uploading', 'ready'];

/** The failed uploads under the filters of a list, which are shown beside it. */
export const failedOf = (query: MasterQuery): MasterQuery => ({ ...query, status: 'failed', page: 1 });

/** Filters and page as the use-case's schema takes them: game by game. */
export function masterListInput({ page, status, ...filters }: MasterQuery): Record<string, string | string[]> {
  const given = Object.entries(filters).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(given),
    status: status === '' ? [...SOUND] : [status],
    sort: 'game',
    limit: String(MASTERS_PAGE_SIZE),
    ...(page > 1 ? { offset: String((page - 1) * MASTERS_PAGE_SIZE) } : {}),
  };
}

/** The same as `GET /masters` takes it, always in one order. */
export function masterQueryText(query: MasterQuery): string {
  const given = Object.entries(masterListInput(query));
  return new URLSearchParams(given.flatMap(([name, value]) => [value].flat().map((one) => [name, one]))).toString();
}

/** The page's own address with the same state. */
export function mastersHref({ page, ...filters }: MasterQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== '') params.set(name, value);
  if (page > 1) params.set('page', String(page));
  return params.size > 0 ? `/admin/masters?${params}` : '/admin/masters';
}
