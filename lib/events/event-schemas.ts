import { z } from 'zod';

export const CLIP_EVENTS = [
  'clip.created',
  'clip.updated',
  'clip.tags',
  'clip.progress',
  'clip.ready',
  'clip.failed',
  'clip.deleted',
  'clip.restored',
] as const;
export const MASTER_EVENTS = ['master.ready', 'master.failed', 'master.progress'] as const;
export const GAME_EVENTS = ['plays.changed', 'anchors.changed'] as const;
export const REEL_EVENTS = ['reel.created', 'reel.updated', 'reel.deleted'] as const;
export const NOTE_EVENTS = ['note.created', 'note.updated', 'note.deleted'] as const;
export const EXPORT_EVENTS = [
  'export.created',
  'export.progress',
  'export.ready',
  'export.failed',
  'export.deleted',
] as const;
export const EVENT_TYPES = [
  ...CLIP_EVENTS,
  ...MASTER_EVENTS,
  ...GAME_EVENTS,
  ...REEL_EVENTS,
  ...NOTE_EVENTS,
  ...EXPORT_EVENTS,
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

const occurredAt = z.iso.datetime();

export const clipEventSchema = z
  .object({
    type: z.enum(CLIP_EVENTS),
    clip_id: z.string(),
    processing_status: z.enum(['pending', 'processing', 'ready', 'failed']),
    progress: z.int().min(0).max(100).meta({ description: 'Percent of the cut that is done.' }),
    occurred_at: occurredAt,
  })
  .meta({ id: 'ClipEvent', description: 'Something happened to a clip; fetch it for the rest.' });

export const masterEventSchema = z
  .object({ type: z.enum(MASTER_EVENTS), master_id: z.uuid(), occurred_at: occurredAt })
  .meta({
    id: 'MasterEvent',
    description: 'The check of a master ended, or its preparation goes on (`master.progress`).',
  });

export const gameEventSchema = z
  .object({
    type: z.enum(GAME_EVENTS),
    team_code: z.string(),
    season: z.string(),
    game_id: z.string(),
    occurred_at: occurredAt,
  })
  .meta({
    id: 'GameEvent',
    description:
      'Plays of a game were imported or taken away (`plays.changed`), or its clocks are tied to its masters otherwise ' +
      '(`anchors.changed`): fetch anew what you show of it.',
  });

export const reelEventSchema = z
  .object({ type: z.enum(REEL_EVENTS), reel_id: z.uuid(), occurred_at: occurredAt })
  .meta({
    id: 'ReelEvent',
    description:
      'A reel came into the caller’s sight, was changed, its items too, or is not shown to them any more (`reel.deleted`).',
  });

export const noteEventSchema = z
  .object({
    type: z.enum(NOTE_EVENTS),
    note_id: z.uuid(),
    clip_id: z.string().nullable().meta({ description: 'The clip that it shows on.' }),
    master_id: z.uuid().nullable().meta({ description: 'The film that it was written on, for those who watch films.' }),
    reel_id: z.uuid().nullable().meta({ description: 'A reel that shows the clip with it.' }),
    occurred_at: occurredAt,
  })
  .meta({
    id: 'NoteEvent',
    description:
      'A note, a drawing or an answer came into the caller’s sight, was changed, or is not shown to them any more ' +
      '(`note.deleted`): one event for each place where they see it, which is a clip, a film, or a clip in a reel.',
  });

export const exportEventSchema = z
  .object({
    type: z.enum(EXPORT_EVENTS),
    export_id: z.uuid(),
    reel_id: z.uuid(),
    status: z.enum(['pending', 'processing', 'ready', 'failed']),
    progress: z.int().min(0).max(100).meta({ description: 'Percent of the film that is done.' }),
    occurred_at: occurredAt,
  })
  .meta({
    id: 'ExportEvent',
    description: 'Something happened to a film of a reel that the caller may change; fetch it for the rest.',
  });

const resetEventSchema = z
  .object({ type: z.literal('reset') })
  .meta({ id: 'ResetEvent', description: 'Events may have been missed: fetch anew what you show.' });

const placeEventSchema = z
  .object({ type: z.literal('place') })
  .meta({ id: 'PlaceEvent', description: 'Nothing happened; its id is a place to come back to.' });

const EVENTS = [
  clipEventSchema,
  masterEventSchema,
  gameEventSchema,
  reelEventSchema,
  noteEventSchema,
  exportEventSchema,
] as const;
export const eventSchema = z.union(EVENTS);
export type EventJson = z.output<typeof eventSchema>;

/** The `data` of each message of the stream. */
export const streamedEventSchema = z
  .union([...EVENTS, resetEventSchema, placeEventSchema])
  .meta({ id: 'StreamedEvent' });
export type StreamedEventJson = z.output<typeof streamedEventSchema>;

export const eventStreamQuerySchema = z.object({
  last_event_id: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'The same as the header `Last-Event-ID`, for clients that cannot send it.' }),
});
