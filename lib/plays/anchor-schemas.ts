import { z } from 'zod';
import { periodSchema } from '#lib/clips/clip-field-schemas.ts';
import { MAX_CLOCK_S, MAX_VIDEO_S } from './plain-values.ts';

/** One after each stoppage of a long period, and some for each nudge. */
const MAX_ANCHORS = 500;

const anchorSchema = z
  .strictObject({
    period: periodSchema,
    clock_s: z.number().min(0).max(MAX_CLOCK_S).meta({ description: 'Elapsed in the period.' }),
    video_s: z.number().min(0).max(MAX_VIDEO_S).meta({ description: 'From the first moment of the master.' }),
    rate: z.number().min(0.5).max(2).default(1).meta({
      description:
        'Seconds of the master for each of the file of plays: 1.001 where 30000/1001 frames a second are counted as 30.',
    }),
  })
  .meta({ id: 'Anchor' });
export type Anchor = z.output<typeof anchorSchema>;

/**
 * Plays that end a run of the clock: of several at one moment of it, these lie before the stoppage, and others behind it.
 * `media.places_of` has the same names.
 */
export const ENDS_OF_RUNS: readonly string[] = [
  ...['whistle', 'stoppage', 'goal', 'penalty', 'delayed-penalty', 'icing', 'offside', 'period-end', 'game-end'],
];

const byPlace = (a: Anchor, b: Anchor) => a.period - b.period || a.clock_s - b.clock_s;

/** The first of two anchors of a period that contradict each other: the clock goes on, and the video does not. */
function contradiction(anchors: readonly Anchor[]): Anchor | undefined {
  return anchors.toSorted(byPlace).find((anchor, index, all) => {
    const before = all[index - 1];
    return before?.period === anchor.period && (before.clock_s === anchor.clock_s || before.video_s >= anchor.video_s);
  });
}

/** `PUT /masters/{master_id}/anchors`: all of them; none, and a file of plays that times its periods places its own. */
export const putAnchorsSchema = z
  .array(anchorSchema)
  .max(MAX_ANCHORS)
  .superRefine((anchors, context) => {
    const wrong = contradiction(anchors);
    if (!wrong) return;
    const message = 'Of two anchors of a period the later clock has to be later in the master.';
    context.addIssue({ code: 'custom', path: [anchors.indexOf(wrong), 'video_s'], message });
  })
  .meta({ id: 'Anchors', examples: [[{ period: 1, clock_s: 0, video_s: 0.5 }]] });

export const anchorListSchema = z
  .object({
    anchors: z.array(
      z.object({
        ...anchorSchema.shape,
        is_set: z.boolean().meta({
          description:
            'False for the one that a file of plays places, as long as nobody sets one: the master begins with the ' +
            'opening face-off.',
        }),
      }),
    ),
    version: z.string().meta({
      description:
        'Of the anchors that people have set; it is in the ETag as well, and `If-Match` is compared with it.',
    }),
  })
  .meta({ id: 'AnchorList' });
export type AnchorListJson = z.output<typeof anchorListSchema>;
