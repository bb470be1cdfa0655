import { z } from 'zod';
import { clipIdSchema, teamCodeSchema } from '#lib/word-schemas.ts';

/** For how many days it is known who watched; after that sums are left. */
export const KEPT_DAYS = 400;
/** How fast players play at most. */
export const FASTEST = 2;
/** What one part lasts at most, in seconds of the clip: players tell theirs every few seconds. */
export const LONGEST_S = 120;
/** How late a part may be told, in days: whoever watched without a connection tells it later. */
export const LATEST_DAYS = 31;
const MOST_PARTS = 100;

const partShape = {
  from_s: z.number().meta({ description: 'Where the part begins, by the clip’s own clock.' }),
  to_s: z.number().meta({ description: 'Where it ends. Beyond the clip’s end it is cut off.' }),
  at: z.iso.datetime({ offset: true }).meta({ description: 'When it ended, by the player’s own clock.' }),
  session: z
    .uuid()
    .meta({ description: 'Names the player: of the same one each part is later than the one before it.' }),
};
const sentAt = z.iso
  .datetime({ offset: true })
  .optional()
  .meta({ description: 'When this is sent, by the same clock as `at`: so that a clock which is wrong does no harm.' });

const viewPartSchema = z
  .strictObject({ clip_id: clipIdSchema, reel_id: z.uuid().nullish(), ...partShape })
  .meta({ id: 'ViewPart' });

/** `POST /views` */
export const recordViewsSchema = z
  .strictObject({ views: z.array(viewPartSchema).min(1).max(MOST_PARTS), sent_at: sentAt })
  .meta({
    id: 'ViewsRecord',
    examples: [
      {
        views: [
          {
            ...{ clip_id: 'mtl-20031-p1-0007', from_s: 0, to_s: 4.5, at: '2026-11-28T20:00:00.000Z' },
            session: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
          },
        ],
      },
    ],
  });
export type RecordViews = z.output<typeof recordViewsSchema>;

/** `POST /shared/views` */
export const recordSharedViewsSchema = z
  .strictObject({
    pass: z.string().max(500).meta({ description: 'What the link gave.' }),
    views: z
      .array(z.strictObject({ item_id: z.uuid(), ...partShape }))
      .min(1)
      .max(MOST_PARTS),
    sent_at: sentAt,
  })
  .meta({
    id: 'SharedViewsRecord',
    examples: [
      {
        pass: 'the pass of the answer that opened the link',
        views: [
          {
            ...{
              item_id: '0b2f9c1e-8f2d-4a6b-9a3e-2f1d3c4b5a69',
              from_s: 0,
              to_s: 4.5,
              at: '2026-11-28T20:00:00.000Z',
            },
            session: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
          },
        ],
      },
    ],
  });
export type RecordSharedViews = z.output<typeof recordSharedViewsSchema>;

export const REFUSALS = {
  empty: 'It has no length.',
  too_long: `It is longer than ${LONGEST_S} s: players tell theirs every few seconds.`,
  beyond: 'It lies outside of the clip.',
  future: 'It has not happened yet.',
  too_old: `It is older than ${LATEST_DAYS} days.`,
  not_found: 'The clip, or the reel, is not shown to the caller.',
  not_counted: 'It was told before, or nobody can have seen so much in that time.',
} as const;
export type Refusal = keyof typeof REFUSALS;

export const recordedViewsSchema = z
  .object({
    accepted: z.int(),
    refused: z.array(z.object({ index: z.int(), code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'ViewsRecorded', description: 'What is refused is not to be sent again.' });
export type RecordedViewsJson = z.output<typeof recordedViewsSchema>;

const seenShape = {
  seconds: z.number().meta({ description: 'Seconds that were played.' }),
  repeats: z.number().meta({ description: 'Of these, seconds that had been seen before.' }),
  last_at: z.iso.datetime().nullable(),
};
const viewerSchema = z.object({
  kind: z.enum(['person', 'link']),
  id: z.uuid(),
  name: z.string().nullable().meta({ description: 'Null for a link: whoever has it.' }),
  role: z.string().nullable(),
  ...seenShape,
});
export type ViewerJson = z.output<typeof viewerSchema>;

const curveSchema = z.object({
  clip_id: z.string(),
  duration_s: z.number(),
  seen: z.array(z.number()).meta({ description: 'Of each second of the clip, how often it was seen.' }),
  viewers: z.int(),
});
export type CurveJson = z.output<typeof curveSchema>;

const past = z.object({ seconds: z.number(), views: z.int() }).meta({
  description: `What was seen more than ${KEPT_DAYS} days ago, by nobody by name.`,
});

/** `GET /reels/{reel_id}/views`, `GET /clips/{clip_id}/views` */
export const viewsSchema = z
  .object({
    viewers: z.array(viewerSchema).meta({ description: 'Who watched, most first; then players who have not yet.' }),
    curves: z.array(curveSchema).meta({ description: 'One of each clip.' }),
    before: past,
    kept_days: z.int(),
  })
  .meta({ id: 'Views' });
export type ViewsJson = z.output<typeof viewsSchema>;

/** `GET /views` */
export const teamViewsQuerySchema = z.strictObject({ team_code: teamCodeSchema });

export const teamViewsSchema = z
  .object({
    reels: z.array(z.object({ id: z.uuid(), title: z.string(), duration_s: z.number() })),
    people: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        role: z.string(),
        seen: z.array(z.object({ reel_id: z.uuid(), ...seenShape })),
        shown: z.array(z.uuid()).meta({ description: 'Of a player, those of the reels that are shown to them.' }),
      }),
    ),
  })
  .meta({
    id: 'TeamViews',
    description:
      'Players, and whoever else watched, by the newest reels that the caller is shown. Those without a clip, and those that are shown to no player and that nobody but their maker has watched, are left out.',
  });
export type TeamViewsJson = z.output<typeof teamViewsSchema>;

const watchedClipSchema = z
  .object({
    event_type: z.string(),
    player_id: z.string(),
    player_name: z.string().nullable(),
    team_code: z.string(),
    opponent_code: z.string().nullable(),
    game_date: z.string().nullable(),
    period: z.int().nullable(),
    clock_s: z.number().nullable().meta({ description: 'Elapsed in the period, where a play or the film says.' }),
  })
  .meta({ id: 'WatchedClip' });
export type WatchedClipJson = z.output<typeof watchedClipSchema>;

/** `GET /views/mine` */
export const ownViewsSchema = z
  .object({
    kept_days: z.int(),
    seconds: z.number(),
    since: z.iso.datetime().nullable(),
    views: z.array(
      z.object({
        clip_id: z
          .string()
          .nullable()
          .meta({ description: 'Null for a clip that the caller does not reach by itself.' }),
        clip: watchedClipSchema.nullable().meta({
          description:
            'What it is called by; null for one that the caller does not reach and that the reel shows no more.',
        }),
        reel_id: z.uuid().nullable(),
        reel_title: z.string().nullable(),
        ...seenShape,
      }),
    ),
  })
  .meta({ id: 'OwnViews', description: 'What is kept of the caller’s own watching: the latest 200 clips.' });
export type OwnViewsJson = z.output<typeof ownViewsSchema>;
