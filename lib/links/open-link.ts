import { recordAudit } from '#lib/audit/record-audit.ts';
import { counted, tryPassword } from '#lib/auth/link-throttle.ts';
import { verifyPassword } from '#lib/auth/password.ts';
import { withinReach } from '#lib/auth/within-reach.ts';
import { listClubs } from '#lib/clubs/manage-clubs.ts';
import { LINK } from '#lib/delivery/playback-token.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { AppError } from '#lib/errors.ts';
import { linkOfPass, nothingThere, readShown, type ShownItem } from './link-reader.ts';
import { countUse, type LiveLink, selectLiveLink } from './link-repo.ts';
import { hashOfSecret } from './manage-links.ts';
import { selectSharedNotes } from './shared-notes.ts';
import type { OpenLink, SharedReelJson } from './shared-schemas.ts';
import { toSharedItem } from './shared-serializer.ts';
import { endOfStay, holdsStay, writeStay } from './stay.ts';

type Deps = Pick<PortalDeps, 'db' | 'delivery' | 'logger' | 'baseUrl' | 'now'>;

const SECRET = /^[A-Za-z0-9_-]{43}$/;

const locked = (code: 'password_needed' | 'password_wrong', detail: string) =>
  new AppError({ status: 403, code, detail });

/** Writes down who got it wrong, for whoever looks after the link. */
async function recordRefusal(deps: Deps, link: LiveLink): Promise<void> {
  const target = { type: 'link', id: link.id } as const;
  await recordAudit(deps.db, null, { action: 'link.refuse', target, teams: [link.team_code] });
}

type Secret = Extract<OpenLink, { secret: string }>;

/** @throws AppError 403 `password_needed`, `password_wrong`, 404, 429 `too_many_tries`. */
async function linkOfSecret(deps: Deps, { secret, password }: Secret, stay: string | null): Promise<LiveLink> {
  // What cannot be a secret is no guess.
  if (!SECRET.test(secret)) throw nothingThere();
  const find = () => selectLiveLink(deps.db, { secretHash: hashOfSecret(secret) }, deps.now());
  const link = await counted(deps.db, find);
  if (!link) throw nothingThere();
  if (link.password_hash === null) return link;
  // A password that comes along is looked at, and counted, whatever else does.
  if (password === undefined && holdsStay(deps, { link, secret }, stay)) return link;
  if (password === undefined) throw locked('password_needed', 'This link has a password; send it along.');
  const isRight = await tryPassword(deps.db, link.id, () => verifyPassword(link.password_hash, password));
  if (isRight) return link;
  await recordRefusal(deps, link);
  throw locked('password_wrong', 'That is not the password of this link.');
}

/**
 * What a link shows to whoever has it: by its secret, which counts as a use and is written down, or by the pass that this
 * gave them.
 * @param stay the cookie that `enterLink` gave the browser, in the password's place.
 * @throws AppError 403 `password_needed`, `password_wrong`, 404 for one that opens nothing (any more), 429
 *   `too_many_tries`.
 */
export const openLink = async (deps: Deps, input: OpenLink, stay: string | null = null): Promise<SharedReelJson> =>
  showLink(deps, await linkOf(deps, input, stay), 'secret' in input);

/**
 * The same, with the `Set-Cookie` by which a browser that knew the password may come back; `null` where none was asked for.
 * @throws AppError as `openLink`.
 */
export async function enterLink(
  deps: Deps,
  input: OpenLink,
): Promise<{ reel: SharedReelJson; setCookie: string | null }> {
  const link = await linkOf(deps, input, null);
  const isUse = 'secret' in input;
  const reel = await showLink(deps, link, isUse);
  const hasPassword = isUse && link.password_hash !== null;
  return { reel, setCookie: hasPassword ? writeStay(deps, { link, secret: input.secret }) : null };
}

const linkOf = (deps: Deps, input: OpenLink, stay: string | null): Promise<LiveLink> =>
  'secret' in input ? linkOfSecret(deps, input, stay) : linkOfPass(deps, input.pass);

/** How the clubs of these games look, as far as somebody has said. */
async function clubsOf(deps: Deps, team: string, items: readonly ShownItem[]): Promise<SharedReelJson['clubs']> {
  const named = new Set([team, ...items.flatMap(({ clip }) => clip.opponent_code ?? [])]);
  const clubs = (await listClubs(deps)).filter(({ team_code }) => named.has(team_code));
  return clubs.map(({ team_code, color, crest_url }) => ({ team_code, color, crest_url }));
}

async function showLink(deps: Deps, link: LiveLink, isUse: boolean): Promise<SharedReelJson> {
  const { maker, reader, reel, items } = await readShown(deps, link);
  const now = deps.now();
  if (isUse) {
    await withinReach(deps.db, maker, async (tx) => {
      await countUse(tx, link.id, now);
      const target = { type: 'link', id: link.id } as const;
      await recordAudit(tx, reader, {
        action: 'link.use',
        target,
        teams: [link.team_code],
        after: { reel_id: reel.id },
      });
    });
  }
  const expiresAt = endOfStay(link, now);
  const isNamed = link.has_names;
  const notes = await selectSharedNotes(deps, reader, items, isNamed);
  const clubs = isNamed ? await clubsOf(deps, reel.team_code, items) : [];
  return {
    ...{ title: isNamed ? reel.title : null, description: isNamed ? reel.description : null },
    ...{ team_code: isNamed ? reel.team_code : null, names: isNamed, download: link.may_download },
    ...{ expires_at: link.expires_at.toISOString(), served_at: now.toISOString() },
    pass: deps.delivery.tokens.issueToLink({ film: LINK, linkId: link.id, expiresAt }),
    clubs,
    items: await Promise.all(items.map((shown, at) => toSharedItem(deps, reader, link, shown, notes[at] ?? []))),
  };
}
