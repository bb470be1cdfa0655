/**
 * HeartBeat media portal
 * 0.1.0
 * DO NOT MODIFY - This file has been generated using oazapfts.
 * See https://www.npmjs.com/package/oazapfts
 */
import * as Oazapfts from "@oazapfts/runtime";
import * as QS from "@oazapfts/runtime/query";
export const defaults: Oazapfts.Defaults<Oazapfts.CustomHeaders> = {
    headers: {},
    baseUrl: "/api/v2"
};
const oazapfts = Oazapfts.runtime(defaults);
export const servers = {
    server1: "/api/v2"
};
export type TeamCode = string;
export type AuditEntry = {
    id: number;
    at: string;
    /** Null for a command of the shell, or a failed sign-in. */
    actor_user_id: string | null;
    actor_name: string | null;
    api_key_id: string | null;
    action: string;
    target_type: string;
    target_id: string;
    team_codes: string[];
    ip: string | null;
    request_id: string | null;
    /** For an edit: the fields that changed, as they were. */
    before: {
        [key: string]: any;
    } | null;
    after: {
        [key: string]: any;
    } | null;
};
export type Problem = {
    "type": string;
    title: string;
    status: number;
    detail: string;
    instance: string;
    code: string;
    request_id: string;
    errors?: {
        path: string;
        message: string;
    }[];
};
export type PlayerId = string;
export type GameId = string;
export type Season = string;
export type Tag = string;
export type ProcessingStatus = "pending" | "processing" | "ready" | "failed";
export type Playback = {
    /** A slice of the prepared master, or what was cut for this clip alone. */
    kind: "slice" | "cut";
    /** An HLS playlist that works with nothing else until expires_at. */
    url: string;
    expires_at: string;
    /** Where the clip begins in the playlist. A slice begins with the key frame before; a cut has 0. */
    offset_s: number;
    /** How long the clip lasts from there on. */
    duration_s: number;
    /** The file of exactly this clip; null until it is cut. */
    exact_url: string | null;
    /** WebVTT whose cues are small pictures. Until the clip is cut they are its master’s, as far as those are made, and null for those who may not watch masters. */
    storyboard_url: string | null;
};
export type Asset = {
    id: number;
    asset_type: "mp4" | "hls_playlist" | "hls_segment" | "thumbnail" | "thumbnail_grid" | "dash_manifest";
    gcs_uri: string;
    cdn_path: string | null;
    file_size_bytes: number | null;
    duration_s: number | null;
    width: number | null;
    height: number | null;
    codec: string | null;
    bitrate_kbps: number | null;
    /** Works without any header until expires_at. */
    signed_url: string;
    expires_at: string;
};
export type Clip = {
    id: number;
    clip_id: string;
    player_id: string;
    player_name: string | null;
    team_code: string;
    opponent_code: string | null;
    game_id: string;
    game_date: string | null;
    season: string | null;
    period: number | null;
    event_type: string;
    outcome: string | null;
    zone: string | null;
    strength: string | null;
    start_timecode_s: number;
    end_timecode_s: number;
    duration_s: number;
    /** The master. Left out for players. */
    source_gcs_uri?: string | null;
    /** The play that it was made of, or the first of those. */
    play_id: number | null;
    processing_status: ProcessingStatus;
    /** Percent of the cut that is done. */
    progress: number;
    /** Of one clip that waits to be cut, among all such. */
    place_in_line?: number;
    /** Frames per second of the published cut. */
    frame_rate: number | null;
    /** Sound that is left out: all of it or a track, because it cannot be decoded here, tracks beside the one heard, or channels beside the first two. */
    audio_note: ("sound_undecodable" | "track_undecodable" | "tracks_left_out" | "channels_left_out") | null;
    error_message: string | null;
    created_at: string;
    updated_at: string;
    /** In the trash only: 30 days later it is gone. */
    deleted_at?: string;
    /** Changes with the facts and the tags, and with nothing else; for If-Match. Null in a list without its tags. */
    version: string | null;
    /** Null while there is nothing to play, and in a list without its assets. */
    playback: Playback | null;
    assets: Asset[];
    tags: string[];
};
export type ClipList = {
    clips: Clip[];
    /** Every clip in reach under these filters; exact unless capped. */
    total: number;
    /** There are more than `total`; they were not counted. */
    total_capped: boolean;
    limit: number;
    offset: number;
    next_cursor: string | null;
};
export type ClipId = string;
export type Period = number;
export type ClipCreate = {
    clip_id?: ClipId;
    master_id: string;
    /** Seconds from the first moment of the master. */
    start_timecode_s: number;
    /** Seconds from the first moment of the master. */
    end_timecode_s: number;
    team_code: TeamCode;
    season: Season;
    game_id: GameId;
    player_id: PlayerId;
    player_name?: string | null;
    opponent_code?: TeamCode | null;
    game_date?: string | null;
    period?: Period | null;
    event_type: string;
    outcome?: string | null;
    zone?: string | null;
    strength?: string | null;
    tags?: Tag[];
    /** `later`: the files of the clip are made when no other work waits, or as soon as somebody asks for its download. A clip of a master that is prepared plays meanwhile. */
    cut?: "now" | "later";
} | {
    clip_id?: ClipId;
    source_gcs_uri: string;
    /** Seconds from the first moment of the master. */
    start_timecode_s: number;
    /** Seconds from the first moment of the master. */
    end_timecode_s: number;
    team_code: TeamCode;
    season: Season;
    game_id: GameId;
    player_id: PlayerId;
    player_name?: string | null;
    opponent_code?: TeamCode | null;
    game_date?: string | null;
    period?: Period | null;
    event_type: string;
    outcome?: string | null;
    zone?: string | null;
    strength?: string | null;
    tags?: Tag[];
    /** `later`: the files of the clip are made when no other work waits, or as soon as somebody asks for its download. A clip of a master that is prepared plays meanwhile. */
    cut?: "now" | "later";
};
export type ClipBatch = {
    clips: ClipCreate[];
    /** All or none, rather than each for itself. */
    atomic?: boolean;
};
export type ItemProblem = {
    "type": string;
    title: string;
    status: number;
    detail: string;
    code: string;
    errors?: {
        path: string;
        message: string;
    }[];
};
export type ClipBatchResult = {
    results: {
        /** Place in the request, from 0. */
        index: number;
        /** 201, or what the item alone would have been answered. */
        status: number;
        clip_id?: string;
        /** Left out in a replay once the clip is deleted. */
        clip?: Clip;
        problem?: ItemProblem;
    }[];
    created: number;
    failed: number;
};
export type ClipFilter = {
    player_id?: PlayerId[];
    team_code?: TeamCode[];
    opponent_code?: string[];
    game_id?: GameId[];
    season?: Season[];
    /** The first day of games, inclusive. */
    date_from?: string;
    /** The last day of games, inclusive. */
    date_to?: string;
    period?: Period | Period[];
    event_type?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    tag?: Tag[];
    status?: ProcessingStatus[];
    /** Clips cut from this master. */
    master_id?: string;
    /** Words to find in player name, tags, event, opponent and clip id: all of them, accents and small slips aside. */
    q?: string;
};
export type ClipBulk = ({
    action: "add_tags";
    tags: Tag[];
    /** These clips; those that are out of reach or missing are not matched. */
    clip_ids: ClipId[];
    /** Counts, and changes nothing. */
    dry_run?: boolean;
} | {
    action: "add_tags";
    tags: Tag[];
    /** Every clip that `GET /clips` lists under it. */
    filter: ClipFilter;
    /** Counts, and changes nothing. */
    dry_run?: boolean;
}) | ({
    action: "remove_tags";
    tags: Tag[];
    /** These clips; those that are out of reach or missing are not matched. */
    clip_ids: ClipId[];
    /** Counts, and changes nothing. */
    dry_run?: boolean;
} | {
    action: "remove_tags";
    tags: Tag[];
    /** Every clip that `GET /clips` lists under it. */
    filter: ClipFilter;
    /** Counts, and changes nothing. */
    dry_run?: boolean;
}) | ({
    action: "replace_tag";
    tag: Tag;
    "with": Tag;
    /** These clips; those that are out of reach or missing are not matched. */
    clip_ids: ClipId[];
    /** Counts, and changes nothing. */
    dry_run?: boolean;
} | {
    action: "replace_tag";
    tag: Tag;
    "with": Tag;
    /** Every clip that `GET /clips` lists under it. */
    filter: ClipFilter;
    /** Counts, and changes nothing. */
    dry_run?: boolean;
}) | ({
    action: "delete";
    /** These clips; those that are out of reach or missing are not matched. */
    clip_ids: ClipId[];
    /** Counts, and changes nothing. */
    dry_run?: boolean;
} | {
    action: "delete";
    /** Every clip that `GET /clips` lists under it. */
    filter: ClipFilter;
    /** Counts, and changes nothing. */
    dry_run?: boolean;
}) | ({
    action: "restore";
    /** These clips; those that are out of reach or missing are not matched. */
    clip_ids: ClipId[];
    /** Counts, and changes nothing. */
    dry_run?: boolean;
} | {
    action: "restore";
    /** Every clip that `GET /clips` lists under it. */
    filter: ClipFilter;
    /** Counts, and changes nothing. */
    dry_run?: boolean;
} | {
    action: "restore";
    /** Counts, and changes nothing. */
    dry_run?: boolean;
    /** What the caller deleted by one request: `deleted_at` of its answer. */
    deleted_at: string;
});
export type ClipBulkResult = {
    action: "add_tags" | "remove_tags" | "replace_tag" | "delete" | "restore";
    dry_run: boolean;
    /** Clips in reach among those that were named. */
    matched: number;
    /** Those among them that the action changes; the others are so already. */
    changed: number;
    /** After a delete: names it, for a `restore` that takes it back. Null where nothing went. */
    deleted_at: string | null;
};
export type ClipFacets = {
    player_id: {
        value: string;
        label: string | null;
        count: number;
    }[];
    team_code: {
        value: string;
        label: string | null;
        count: number;
    }[];
    opponent_code: {
        value: string;
        label: string | null;
        count: number;
    }[];
    game_id: {
        value: string;
        label: string | null;
        count: number;
    }[];
    season: {
        value: string;
        label: string | null;
        count: number;
    }[];
    period: {
        value: string;
        label: string | null;
        count: number;
    }[];
    event_type: {
        value: string;
        label: string | null;
        count: number;
    }[];
    outcome: {
        value: string;
        label: string | null;
        count: number;
    }[];
    zone: {
        value: string;
        label: string | null;
        count: number;
    }[];
    strength: {
        value: string;
        label: string | null;
        count: number;
    }[];
    tag: {
        value: string;
        label: string | null;
        count: number;
    }[];
    status: {
        value: string;
        label: string | null;
        count: number;
    }[];
    /** There are more than 100,000 clips; the newest were counted. */
    capped: boolean;
};
export type Health = {
    status: "healthy" | "unhealthy" | "draining";
    database: "ok" | "failed";
    storage: "ok" | "failed";
    queue: "ok" | "failed";
    /** `failed` when this machine is a minute or more off the database or the store. */
    clock: "ok" | "failed";
    version: string;
};
export type StatsBreakdown = {
    by_player: {
        player_id: string;
        player_name: string | null;
        count: number;
    }[];
    by_game: {
        game_id: string;
        game_date: string | null;
        team_code: string;
        opponent_code: string | null;
        count: number;
    }[];
    by_game_date: {
        date: string;
        count: number;
    }[];
};
export type StatsOverview = {
    total_clips: number;
    by_status: {
        [key: string]: number;
    };
    top_event_types: {
        [key: string]: number;
    };
};
export type ClipPatch = {
    player_id?: PlayerId;
    player_name?: string | null;
    opponent_code?: TeamCode | null;
    game_date?: string | null;
    period?: Period | null;
    event_type?: string;
    outcome?: string | null;
    zone?: string | null;
    strength?: string | null;
};
export type DrawnShape = {
    id: string;
    color: ("yellow" | "red" | "blue" | "green" | "white") | string;
    /** In thousandths of the height of the picture. */
    width: number;
    "type": "pen";
    points: number[][];
} | {
    id: string;
    color: ("yellow" | "red" | "blue" | "green" | "white") | string;
    /** In thousandths of the height of the picture. */
    width: number;
    "type": "line";
    points: number[][];
} | {
    id: string;
    color: ("yellow" | "red" | "blue" | "green" | "white") | string;
    /** In thousandths of the height of the picture. */
    width: number;
    "type": "arrow";
    points: number[][];
} | {
    id: string;
    color: ("yellow" | "red" | "blue" | "green" | "white") | string;
    /** In thousandths of the height of the picture. */
    width: number;
    "type": "ellipse";
    points: number[][];
} | {
    id: string;
    color: ("yellow" | "red" | "blue" | "green" | "white") | string;
    /** In thousandths of the height of the picture. */
    width: number;
    "type": "spotlight";
    points: number[][];
} | {
    id: string;
    color: ("yellow" | "red" | "blue" | "green" | "white") | string;
    /** In thousandths of the height of the picture. */
    width: number;
    "type": "text";
    points: number[][];
    text: string;
};
export type Drawing = {
    version: 1;
    shapes: DrawnShape[];
};
export type Note = {
    id: string;
    /** What it was written on. A note on a film shows on every clip of it that its moment lies in. */
    on: "clip" | "film";
    /** The clip that it is shown on; null where it is a film. */
    clip_id: string | null;
    /** From the beginning of what it is shown on. */
    at_s: number;
    /** How long the picture stands still for it. */
    hold_s: number;
    text: string;
    drawing: Drawing | null;
    /** `staff`: those who make reels. `audience`: everybody who sees the clip, in a reel too. */
    visible_to: "staff" | "audience";
    author: {
        id: string;
        name: string;
    };
    /** The note that it answers. */
    reply_to: string | null;
    /** Whether the caller may change its words and its drawing. */
    may_edit: boolean;
    may_delete: boolean;
    /** For If-Match. */
    version: number;
    created_at: string;
    updated_at: string;
};
export type NoteList = {
    notes: Note[];
};
export type NoteCreate = {
    /** When it appears: from the beginning of the clip, or film. */
    at_s: number;
    /** How long the picture stands still for it. */
    hold_s?: number;
    /** Plain text: markup in it is text. */
    text?: string;
    drawing?: Drawing | null;
    /** `staff`: those who make reels. `audience`: everybody who sees the clip, in a reel too. */
    visible_to?: "staff" | "audience";
};
export type ClipPlaylists = {
    /** By file name. Of a cut: `playlist.m3u8` and one of each rendition; what they name are the files of `hls_segment` assets. Of a slice: `slice.m3u8` and one of each rendition; what they name are signed URLs. */
    playlists: {
        [key: string]: string;
    };
    /** When the URLs in them end; `null` where there are none: such texts hold for as long as the clip does. */
    expires_at: string | null;
};
export type Club = {
    team_code: string;
    name: string | null;
    /** `#rrggbb` */
    color: string | null;
    /** A path that shows this very picture for ever. */
    crest_url: string | null;
    /** Changes with every edit; for If-Match. */
    version: string;
};
export type ClubList = {
    clubs: Club[];
};
export type ClubPatch = {
    name?: string | null;
    color?: string | null;
    crest?: string | null;
};
export type CodeButtonShown = {
    label: string;
    /** A letter that the player and the pages have no use for, with or without `Shift+`. */
    key?: string | null;
    color: "grey" | "blue" | "green" | "yellow" | "orange" | "red" | "pink" | "purple" | "teal";
    event_type: string;
    /** Before the moment of the press. */
    lead_s: number;
    /** After it. */
    lag_s: number;
    tags: string[];
    /** Left out: whoever the next clip is of. */
    player_id?: PlayerId | null;
    player_name?: string | null;
    outcome?: string | null;
    zone?: string | null;
    strength?: string | null;
};
export type CodeWindow = {
    id: string;
    team_code: string;
    name: string;
    is_shared: boolean;
    /** Whether it is the caller’s, who alone decides whether it is shared. */
    is_own: boolean;
    /** Null when its owner’s account is gone. */
    owner_name: string | null;
    buttons: CodeButtonShown[];
    /** Changes with every edit; for If-Match. */
    version: string;
    created_at: string;
    updated_at: string;
};
export type CodeWindowList = {
    code_windows: CodeWindow[];
};
export type CodeButton = {
    label: string;
    /** A letter that the player and the pages have no use for, with or without `Shift+`. */
    key?: string | null;
    color?: "grey" | "blue" | "green" | "yellow" | "orange" | "red" | "pink" | "purple" | "teal";
    event_type: string;
    /** Before the moment of the press. */
    lead_s: number;
    /** After it. */
    lag_s: number;
    tags?: Tag[];
    /** Left out: whoever the next clip is of. */
    player_id?: PlayerId | null;
    player_name?: string | null;
    outcome?: string | null;
    zone?: string | null;
    strength?: string | null;
};
export type CodeWindowCreate = {
    team_code: TeamCode;
    name: string;
    /** Whether the team’s others see it, too. */
    is_shared?: boolean;
    buttons: CodeButton[];
};
export type CodeWindowPatch = {
    name?: string;
    is_shared?: boolean;
    buttons?: CodeButton[];
};
export type ClipEvent = {
    "type": "clip.created" | "clip.updated" | "clip.tags" | "clip.progress" | "clip.ready" | "clip.failed" | "clip.deleted" | "clip.restored";
    clip_id: string;
    processing_status: "pending" | "processing" | "ready" | "failed";
    /** Percent of the cut that is done. */
    progress: number;
    occurred_at: string;
};
export type MasterEvent = {
    "type": "master.ready" | "master.failed" | "master.progress";
    master_id: string;
    occurred_at: string;
};
export type GameEvent = {
    "type": "plays.changed" | "anchors.changed";
    team_code: string;
    season: string;
    game_id: string;
    occurred_at: string;
};
export type ReelEvent = {
    "type": "reel.created" | "reel.updated" | "reel.deleted";
    reel_id: string;
    occurred_at: string;
};
export type NoteEvent = {
    "type": "note.created" | "note.updated" | "note.deleted";
    note_id: string;
    /** The clip that it shows on. */
    clip_id: string | null;
    /** The film that it was written on, for those who watch films. */
    master_id: string | null;
    /** A reel that shows the clip with it. */
    reel_id: string | null;
    occurred_at: string;
};
export type ExportEvent = {
    "type": "export.created" | "export.progress" | "export.ready" | "export.failed" | "export.deleted";
    export_id: string;
    reel_id: string;
    status: "pending" | "processing" | "ready" | "failed";
    /** Percent of the film that is done. */
    progress: number;
    occurred_at: string;
};
export type ResetEvent = {
    "type": "reset";
};
export type PlaceEvent = {
    "type": "place";
};
export type StreamedEvent = ClipEvent | MasterEvent | GameEvent | ReelEvent | NoteEvent | ExportEvent | ResetEvent | PlaceEvent;
export type Game = {
    team_code: string;
    season: string;
    game_id: string;
    game_date: string | null;
    opponent_code: string | null;
    /** Whether the team played at home. */
    home: boolean | null;
    /** As a file tells it; otherwise what the goals among its plays make. Null without a goal. */
    score: {
        own: number;
        opponent: number;
    } | null;
    masters: number;
    clips: number;
    /** Shifts included. */
    plays: number;
    periods: {
        period: number;
        /** Null for a period that plays tell of and no master shows. */
        master_id: string | null;
        /** Whether somebody has tied its clock to the master. */
        anchored: boolean;
    }[];
};
export type GameList = {
    games: Game[];
    next_cursor: string | null;
};
export type GameWithRosters = {
    team_code: string;
    season: string;
    game_id: string;
    game_date: string | null;
    opponent_code: string | null;
    /** Whether the team played at home. */
    home: boolean | null;
    /** As a file tells it; otherwise what the goals among its plays make. Null without a goal. */
    score: {
        own: number;
        opponent: number;
    } | null;
    masters: number;
    clips: number;
    /** Shifts included. */
    plays: number;
    periods: {
        period: number;
        /** Null for a period that plays tell of and no master shows. */
        master_id: string | null;
        /** Whether somebody has tied its clock to the master. */
        anchored: boolean;
    }[];
    /** Who took part, as far as files name them. */
    rosters: {
        player_id: string;
        player_name: string | null;
        jersey: string | null;
        position: string | null;
        /** As the file calls it. */
        team: string | null;
    }[];
};
export type TimeRange = {
    start_s: number;
    end_s: number;
};
export type MasterPreparation = {
    status: "pending" | "running" | "ready" | "failed";
    /** Clips that end by then can be played at once. It grows. */
    playable_to_s: number;
    renditions: {
        /** `source`: its own picture, copied; `1080`, `720`, `360`: encoded. */
        name: string;
        to_s: number;
    }[];
    error_message: string | null;
};
export type Master = {
    id: string;
    lake_uri: string;
    status: "uploading" | "ready" | "failed";
    team_code: string;
    season: string;
    game_id: string;
    period: number | null;
    filename: string;
    content_type: string;
    size_bytes: number;
    crc32c: string | null;
    duration_s: number | null;
    /** Where the recording ends because the rest of the file is missing; null when it is whole. */
    cut_off_at_s: number | null;
    width: number | null;
    height: number | null;
    /** Frames per second. */
    frame_rate: number | null;
    video_codec: string | null;
    audio_codec: string | null;
    /** Sound that is left out: all of it or a track, because it cannot be decoded here, tracks beside the one heard, or channels beside the first two. */
    audio_note: ("sound_undecodable" | "track_undecodable" | "tracks_left_out" | "channels_left_out") | null;
    /** Where nothing was recorded: the picture before is held. A clip that lies in one is refused. Found when the master is checked, as far as that looks, and by the cuts that meet them. */
    gaps: TimeRange[];
    /** Where the picture cannot be decoded: a clip that touches it fails. Found as gaps are. */
    damage: TimeRange[];
    error_message: string | null;
    /** How far it is cut into segments that clips are played from; null when nobody has asked for that yet. */
    preparation: MasterPreparation | null;
    clip_count: number;
    /** To watch the master while cutting. Only on GET /masters/{id} of a ready master. */
    signed_url: string | null;
    /** Name of the person who uploaded it. */
    created_by: string | null;
    created_at: string;
    updated_at: string;
    /** When it was put into the trash. */
    deleted_at: string | null;
};
export type MasterList = {
    masters: Master[];
    total: number;
    limit: number;
    offset: number;
};
export type MasterFilename = string;
export type MasterCreate = {
    team_code: TeamCode;
    season: Season;
    game_id: GameId;
    period?: Period | null;
    filename: MasterFilename;
    size_bytes: number;
    /** Anything, and not used: the lake stores the type that the file name stands for. */
    content_type?: string;
    crc32c?: string;
};
export type Upload = {
    protocol: "gcs-resumable";
    url: string;
    chunk_multiple: 262144;
    expires_at: string;
};
export type MasterAnnounced = {
    master: Master;
    /** Where the rest of the file is to be sent. `null` when the store has all of it: a master that is `uploading` is to be completed, one that is `ready` needs nothing more. */
    upload: Upload | null;
};
export type MasterCreated = {
    master: Master;
    upload: Upload;
};
export type AnchorList = {
    anchors: {
        period: Period;
        /** Elapsed in the period. */
        clock_s: number;
        /** From the first moment of the master. */
        video_s: number;
        /** Seconds of the master for each of the file of plays: 1.001 where 30000/1001 frames a second are counted as 30. */
        rate: number;
        /** False for the one that a file of plays places, as long as nobody sets one: the master begins with the opening face-off. */
        is_set: boolean;
    }[];
    /** Of the anchors that people have set; it is in the ETag as well, and `If-Match` is compared with it. */
    version: string;
};
export type Anchor = {
    period: Period;
    /** Elapsed in the period. */
    clock_s: number;
    /** From the first moment of the master. */
    video_s: number;
    /** Seconds of the master for each of the file of plays: 1.001 where 30000/1001 frames a second are counted as 30. */
    rate?: number;
};
export type Anchors = Anchor[];
export type MasterStoryboard = {
    cell_width: number;
    cell_height: number;
    /** From one cell to the next. */
    interval_s: number;
    /** Cells lie in rows of so many, from the left and from the top. */
    columns: number;
    sheets: {
        /** What its first cell shows, in seconds from timecode zero. */
        start_s: number;
        /** Where its last cell ends. */
        end_s: number;
        /** A JPEG, signed. */
        url: string;
    }[];
};
export type MasterPlayback = {
    /** An HLS playlist that works with nothing else until expires_at. */
    url: string;
    expires_at: string;
    /** Where timecode zero lies in the playlist. */
    offset_s: number;
    /** How far it goes by now; ask again while it grows. */
    playable_to_s: number;
    duration_s: number | null;
    /** Null while nothing of it is made. Its URLs end with expires_at. */
    storyboard: MasterStoryboard | null;
};
export type NotePatch = {
    /** When it appears: from the beginning of the clip, or film. */
    at_s?: number;
    /** How long the picture stands still for it. */
    hold_s?: number;
    /** Plain text: markup in it is text. */
    text?: string;
    drawing?: Drawing | null;
    /** `staff`: those who make reels. `audience`: everybody who sees the clip, in a reel too. */
    visible_to?: "staff" | "audience";
};
export type NoteAnswer = {
    /** Plain text: markup in it is text. */
    text?: string;
    drawing?: Drawing | null;
};
export type Play = {
    id: number;
    team_code: string;
    season: string;
    game_id: string;
    /** The format of the file that tells of it. */
    source: string;
    kind: "event" | "shift";
    period: number | null;
    /** Elapsed in the period. */
    clock_s: number | null;
    /** Of what lasts: a shift. */
    end_clock_s: number | null;
    name: string;
    shorthand: string | null;
    "type": string | null;
    outcome: string | null;
    zone: string | null;
    strength: string | null;
    /** As the file calls it. */
    acting_team: string | null;
    player_id: string | null;
    player_name: string | null;
    /** Everybody else whom the play names. */
    named_ids: string[];
    on_ice: string[];
    against: string[];
    x_ft: number | null;
    y_ft: number | null;
    labels: {
        group: string | null;
        text: string;
    }[];
    free_text: string | null;
    /** Where it is seen; null where no master shows it, and for those who reach no masters. */
    video: {
        master_id: string;
        /** Seconds from the first moment of the master. */
        at_s: number;
        /** False for about: a stoppage lies between, and nothing says how long; or nobody has said yet that the master begins with the opening face-off. */
        is_exact: boolean;
    } | null;
    /** The clip that was made of it, alone or with others; null where none is in reach. */
    clip_id: string | null;
};
export type PlayList = {
    plays: Play[];
    /** Every play in reach under these filters; exact unless capped. */
    total: number;
    /** There are more than `total`; they were not counted. */
    total_capped: boolean;
    next_cursor: string | null;
};
export type PlayFilter = {
    team_code?: TeamCode | TeamCode[];
    season?: Season | Season[];
    game_id?: GameId | GameId[];
    source?: ("playsequence" | "sportscode" | "nhl") | ("playsequence" | "sportscode" | "nhl")[];
    name?: string | string[];
    shorthand?: string | string[];
    outcome?: string | string[];
    zone?: string | string[];
    strength?: string | string[];
    acting_team?: string | string[];
    player_id?: PlayerId | PlayerId[];
    named_ids?: PlayerId | PlayerId[];
    on_ice?: PlayerId | PlayerId[];
    against?: PlayerId | PlayerId[];
    kind?: ("event" | "shift") | ("event" | "shift")[];
    period?: Period | Period[];
    /** A box on the rink: x1,y1,x2,y2 in feet from centre ice, the acting team attacking towards +x. */
    rink?: string;
};
export type ClipPlays = {
    play_ids: number[];
    /** Before each play. By default 10 and 6 s for goal, sogoal, assist; 6 and 4 s for shot, soshot, shot-on-goal, missed-shot, blocked-shot, failed-shot-attempt; 2 and 8 s for faceoff, period-start, shootout; 8 and 4 s for penalty, penaltydrawn, delayed-penalty; 6 and 2 s for whistle, stoppage, icing, offside, period-end, game-end, shootout-complete; 3 and 5 s for everything else that happens in a moment. Instances of time lines have what is asked for, and shifts neither. */
    lead_s?: number;
    /** After each play; by default as its kind has it (`lead_s`). */
    lag_s?: number;
    /** Another lead and lag for plays of these names. */
    by_name?: {
        [key: string]: {
            lead_s: number;
            lag_s: number;
        };
    };
    /** Makes one clip of plays that follow each other so closely, counted from the end of one to the next. */
    merge_within_s?: number;
    /** Says what would be made, and makes nothing. */
    dry_run?: boolean;
} | {
    /** Every play that `GET /plays` lists under it. */
    filter: PlayFilter;
    /** Before each play. By default 10 and 6 s for goal, sogoal, assist; 6 and 4 s for shot, soshot, shot-on-goal, missed-shot, blocked-shot, failed-shot-attempt; 2 and 8 s for faceoff, period-start, shootout; 8 and 4 s for penalty, penaltydrawn, delayed-penalty; 6 and 2 s for whistle, stoppage, icing, offside, period-end, game-end, shootout-complete; 3 and 5 s for everything else that happens in a moment. Instances of time lines have what is asked for, and shifts neither. */
    lead_s?: number;
    /** After each play; by default as its kind has it (`lead_s`). */
    lag_s?: number;
    /** Another lead and lag for plays of these names. */
    by_name?: {
        [key: string]: {
            lead_s: number;
            lag_s: number;
        };
    };
    /** Makes one clip of plays that follow each other so closely, counted from the end of one to the next. */
    merge_within_s?: number;
    /** Says what would be made, and makes nothing. */
    dry_run?: boolean;
};
export type ClippedPlays = {
    /** How many plays were named, and are in reach. */
    matched: number;
    /** How many clips were made, or would be. */
    created: number;
    /** How many plays are in a clip already. */
    existing: number;
    /** Each clip that was made, or would be. */
    planned: {
        play_ids: number[];
        master_id: string;
        start_timecode_s: number;
        end_timecode_s: number;
        is_exact: boolean;
    }[];
    /** Those made, and those that there are already; none in a dry run. */
    clips: Clip[];
    skipped: {
        play_id: number;
        reason: "no_video" | "no_player" | "in_trash" | "refused";
        detail: string | null;
    }[];
};
export type PlayFacets = {
    period: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    name: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    shorthand: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    outcome: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    zone: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    strength: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    acting_team: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    player_id: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    on_ice: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    against: {
        value: string;
        /** What a person reads where it differs: a name. */
        label: string | null;
        count: number;
    }[];
    /** There are more than 100,000 plays; as many were counted. */
    capped: boolean;
};
export type PlayImport = {
    format: "playsequence" | "sportscode" | "nhl";
    encoding: string;
    /** Rows of the file, skipped ones included. */
    read: number;
    added: number;
    changed: number;
    unchanged: number;
    /** Plays of an earlier file of this format that this one leaves out of the periods, or of a time line the codes, that it has. */
    removed: number;
    /** Shifts that are derived from who is on the ice; they count as plays, too. */
    shifts: number;
    /** The line, or in JSON the place in `plays`, from 1. */
    skipped: {
        line: number;
        reason: string;
    }[];
    skipped_total: number;
    /** False for a file that ends in the middle; nothing is removed then. */
    is_whole: boolean;
    unknown_names: string[];
    unknown_names_total: number;
    periods: number[];
    /** How many players the file names. */
    players: number;
    /** What in the file speaks for another game. */
    disagreements: {
        path: string;
        message: string;
    }[];
};
export type PlayQuery = {
    team_code?: string[];
    season?: string[];
    game_id?: string[];
    source?: string[];
    kind?: string[];
    period?: string[];
    name?: string[];
    shorthand?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    acting_team?: string[];
    player_id?: string[];
    named_ids?: string[];
    on_ice?: string[];
    against?: string[];
    rink?: string;
};
export type PlayCount = {
    value: number;
    /** Null where no one filter says it: then the value is 0. */
    query: PlayQuery | null;
};
export type PlayStats = {
    /** The files that the tables are of: one format, since two tell of the same plays. */
    source: ("playsequence" | "sportscode" | "nhl") | null;
    /** What there is under these filters; `source` chooses one. */
    sources: {
        source: "playsequence" | "sportscode" | "nhl";
        plays: PlayCount;
    }[];
    shots: {
        team_code: string;
        /** Own: whoever acts is called by the team’s code in the file. */
        side: "own" | "opponent";
        by: "all" | "strength" | "area";
        /** Of the strength, 5v4; of the area one of inner_slot, outer_slot_left, outer_slot_right, high_slot, wide_left, wide_right, corner_left, corner_right, behind_net, point_left, point_right, neutral_zone, defensive_zone. */
        key: string | null;
        attempts: PlayCount;
        /** Goals included, where the file counts them so; null where it does not say. */
        on_goal: PlayCount | null;
        goals: PlayCount;
    }[];
    /** Null where this format does not tell of them. */
    entries: {
        team_code: string;
        /** Own: whoever acts is called by the team’s code in the file. */
        side: "own" | "opponent";
        kind: "controlled_entry" | "dump_in" | "controlled_exit" | "controlled_breakout" | "dump_out" | "entry_against" | "dump_in_against";
        total: PlayCount;
        successful: PlayCount;
        failed: PlayCount;
        /** From 0 to 1; null of nothing. */
        rate: number | null;
    }[] | null;
    faceoffs: {
        team_code: string;
        /** Own: whoever acts is called by the team’s code in the file. */
        side: "own" | "opponent";
        by: "all" | "dot" | "player";
        /** Of the player, the id; of the dot one of oz_left, oz_right, nz_far_left, nz_far_right, centre, nz_near_left, nz_near_right, dz_left, dz_right. */
        key: string | null;
        player_name: string | null;
        won: PlayCount;
        lost: PlayCount;
        taken: number;
        /** From 0 to 1; null of nothing. */
        rate: number | null;
    }[];
    /** Null where this format does not tell of them. */
    ice_time: {
        team_code: string;
        /** Own: whoever acts is called by the team’s code in the file. */
        side: "own" | "opponent";
        player_id: string;
        player_name: string | null;
        shifts: PlayCount;
        total_s: number;
        average_s: number;
    }[] | null;
};
export type ReelAudience = ("private" | "staff" | "team") | {
    players: PlayerId[];
};
export type ReelSummary = {
    id: string;
    team_code: string;
    title: string;
    description: string | null;
    owner: {
        id: string;
        name: string;
    };
    audience: ReelAudience;
    /** Those that are gone included. */
    item_count: number;
    /** How long what can be shown lasts. */
    duration_s: number;
    /** The small picture of the first clip that it shows. */
    poster_url: string | null;
    /** Whether others show it to the caller, who has not opened it yet. */
    is_new: boolean;
    /** Whether the caller may change it. */
    may_edit: boolean;
    /** Changes with the reel and its items; for If-Match. */
    version: number;
    created_at: string;
    updated_at: string;
};
export type ReelList = {
    reels: ReelSummary[];
    /** How many of all are new to the caller, 100 at most. */
    new_count: number;
    next_cursor: string | null;
};
export type ReelCreate = {
    team_code: TeamCode;
    title: string;
    description?: string | null;
    audience?: ReelAudience;
};
export type ReelClip = {
    clip_id: string;
    player_id: string;
    player_name: string | null;
    team_code: string;
    opponent_code: string | null;
    game_id: string;
    game_date: string | null;
    season: string | null;
    period: number | null;
    event_type: string;
    outcome: string | null;
    zone: string | null;
    strength: string | null;
    duration_s: number;
    /** Null while there is nothing to play, and in a list without its assets. */
    playback: Playback | null;
    /** A small picture, once there is one. */
    thumbnail_url: string | null;
};
export type ReelItem = {
    id: string;
    /** Null for what is gone, as `clip` is. */
    clip_id: string | null;
    in_s: number | null;
    out_s: number | null;
    note: string | null;
    /** Null for what is gone: it lies in the trash, is deleted for good, or is not the maker’s to show any more. */
    clip: ReelClip | null;
};
export type Reel = {
    id: string;
    team_code: string;
    title: string;
    description: string | null;
    owner: {
        id: string;
        name: string;
    };
    audience: ReelAudience;
    /** Those that are gone included. */
    item_count: number;
    /** How long what can be shown lasts. */
    duration_s: number;
    /** The small picture of the first clip that it shows. */
    poster_url: string | null;
    /** Whether others show it to the caller, who has not opened it yet. */
    is_new: boolean;
    /** Whether the caller may change it. */
    may_edit: boolean;
    /** Changes with the reel and its items; for If-Match. */
    version: number;
    created_at: string;
    updated_at: string;
    items: ReelItem[];
};
export type ReelPatch = {
    title?: string;
    description?: string | null;
    audience?: ReelAudience;
};
export type ReelItemsAdd = {
    clip_ids: ClipId[];
};
export type ReelItemsAdded = {
    /** Those that were added, as far as they are there still. */
    items: ReelItem[];
    /** Of the reel with them, for who said by If-Match which one it was before. Null for others: whoever puts the items in order next reads the reel first, so that nobody’s are lost. */
    version: number | null;
};
export type ReelItemsPut = {
    items: {
        id: string;
        /** From the beginning of the clip; null: from there. */
        in_s?: number | null;
        /** From the beginning of the clip; null: to its end. */
        out_s?: number | null;
        note?: string | null;
    }[];
};
export type Link = {
    id: string;
    reel_id: string;
    team_code: string;
    /** Null for a reel that is not shown to the caller. */
    reel_title: string | null;
    created_by: {
        id: string;
        name: string;
    };
    created_at: string;
    expires_at: string;
    has_password: boolean;
    download: boolean;
    names: boolean;
    revoked_at: string | null;
    /** Neither revoked nor expired. */
    is_live: boolean;
    /** How often it was opened. */
    view_count: number;
    last_used_at: string | null;
};
export type LinkList = {
    links: Link[];
};
export type LinkCreate = {
    expires_in_days?: number;
    /** Asked for before anything is shown. */
    password?: string | null;
    /** Whether the files of its clips may be kept. */
    download?: boolean;
    /** Whether it may be told who and what the reel is about. Without: neither its title, the words of notes and drawings nor players, nor an address, file name or id that says so. */
    names?: boolean;
};
export type NewLink = {
    id: string;
    reel_id: string;
    team_code: string;
    /** Null for a reel that is not shown to the caller. */
    reel_title: string | null;
    created_by: {
        id: string;
        name: string;
    };
    created_at: string;
    expires_at: string;
    has_password: boolean;
    download: boolean;
    names: boolean;
    revoked_at: string | null;
    /** Neither revoked nor expired. */
    is_live: boolean;
    /** How often it was opened. */
    view_count: number;
    last_used_at: string | null;
    /** Told this once: the portal keeps its hash alone. */
    url: string;
};
export type LinkOpen = {
    secret: string;
    password?: string;
} | {
    pass: string;
};
export type SharedNote = {
    /** When it appears: from the beginning of the clip. */
    at_s: number;
    /** How long the picture stands still for it. */
    hold_s: number;
    /** Empty where the link tells no names. */
    text: string;
    /** Without its texts where the link tells no names. */
    drawing: Drawing | null;
};
export type SharedItem = {
    id: string;
    in_s: number | null;
    out_s: number | null;
    duration_s: number;
    note: string | null;
    player_name: string | null;
    game_date: string | null;
    opponent_code: string | null;
    event_type: string | null;
    outcome: string | null;
    period: number | null;
    /** What is noted for everybody within the item, by moments. */
    notes: SharedNote[];
    /** Null while there is nothing to be played. */
    playback: {
        kind: "cut" | "slice";
        url: string;
        expires_at: string;
        offset_s: number;
        duration_s: number;
        /** Whether the URL leads to a file rather than to a playlist. */
        is_file: boolean;
    } | null;
    poster_url: string | null;
    download_url: string | null;
};
export type SharedReel = {
    title: string | null;
    description: string | null;
    team_code: string | null;
    names: boolean;
    download: boolean;
    expires_at: string;
    /** Opens the same again, without the secret and its password, for some hours. */
    pass: string;
    served_at: string;
    /** How the clubs look that it names. */
    clubs: {
        team_code: string;
        /** `#rrggbb` */
        color: string | null;
        /** A path that shows this very picture for ever. */
        crest_url: string | null;
    }[];
    items: SharedItem[];
};
export type SharedViewsRecord = {
    /** What the link gave. */
    pass: string;
    views: {
        item_id: string;
        /** Where the part begins, by the clip’s own clock. */
        from_s: number;
        /** Where it ends. Beyond the clip’s end it is cut off. */
        to_s: number;
        /** When it ended, by the player’s own clock. */
        at: string;
        /** Names the player: of the same one each part is later than the one before it. */
        session: string;
    }[];
    /** When this is sent, by the same clock as `at`: so that a clock which is wrong does no harm. */
    sent_at?: string;
};
export type ViewsRecorded = {
    accepted: number;
    refused: {
        index: number;
        code: string;
        detail: string;
    }[];
};
export type TeamViews = {
    reels: {
        id: string;
        title: string;
        duration_s: number;
    }[];
    people: {
        id: string;
        name: string;
        role: string;
        seen: {
            reel_id: string;
            /** Seconds that were played. */
            seconds: number;
            /** Of these, seconds that had been seen before. */
            repeats: number;
            last_at: string | null;
        }[];
        /** Of a player, those of the reels that are shown to them. */
        shown: string[];
    }[];
};
export type ViewPart = {
    clip_id: ClipId;
    reel_id?: string | null;
    /** Where the part begins, by the clip’s own clock. */
    from_s: number;
    /** Where it ends. Beyond the clip’s end it is cut off. */
    to_s: number;
    /** When it ended, by the player’s own clock. */
    at: string;
    /** Names the player: of the same one each part is later than the one before it. */
    session: string;
};
export type ViewsRecord = {
    views: ViewPart[];
    /** When this is sent, by the same clock as `at`: so that a clock which is wrong does no harm. */
    sent_at?: string;
};
export type WatchedClip = {
    event_type: string;
    player_id: string;
    player_name: string | null;
    team_code: string;
    opponent_code: string | null;
    game_date: string | null;
    period: number | null;
    /** Elapsed in the period, where a play or the film says. */
    clock_s: number | null;
};
export type OwnViews = {
    kept_days: number;
    seconds: number;
    since: string | null;
    views: {
        /** Null for a clip that the caller does not reach by itself. */
        clip_id: string | null;
        /** What it is called by; null for one that the caller does not reach and that the reel shows no more. */
        clip: WatchedClip | null;
        reel_id: string | null;
        reel_title: string | null;
        /** Seconds that were played. */
        seconds: number;
        /** Of these, seconds that had been seen before. */
        repeats: number;
        last_at: string | null;
    }[];
};
export type Views = {
    /** Who watched, most first; then players who have not yet. */
    viewers: {
        kind: "person" | "link";
        id: string;
        /** Null for a link: whoever has it. */
        name: string | null;
        role: string | null;
        /** Seconds that were played. */
        seconds: number;
        /** Of these, seconds that had been seen before. */
        repeats: number;
        last_at: string | null;
    }[];
    /** One of each clip. */
    curves: {
        clip_id: string;
        duration_s: number;
        /** Of each second of the clip, how often it was seen. */
        seen: number[];
        viewers: number;
    }[];
    /** What was seen more than 400 days ago, by nobody by name. */
    before: {
        seconds: number;
        views: number;
    };
    kept_days: number;
};
export type ReelExportRequest = {
    /** The film begins with the title of the reel, and each item with what it shows and its note. */
    title_cards?: boolean;
    /** Notes and drawings are burnt in, and the picture stands still for them. Those for staff only where the reel is shown to its maker or to staff alone. */
    notes?: boolean;
    /** Whether title cards name players. */
    names?: boolean;
};
export type ReelExport = {
    id: string;
    reel_id: string;
    status: "pending" | "processing" | "ready" | "failed";
    /** Whole percents. */
    progress: number;
    /** A signed URL of the MP4 once it is ready; it carries a file name. */
    url: string | null;
    url_expires_at: string | null;
    title_cards: boolean;
    notes: boolean;
    names: boolean;
    /** Of the reel that it shows. */
    reel_version: number;
    /** Items that it goes without: `gone` (the reel does not show it any more), `no_file` (it has neither a file nor a master), `unreadable` (its file cannot be decoded). */
    skipped: {
        item_id: string;
        position: number;
        reason: "gone" | "no_file" | "unreadable";
    }[];
    error_message: string | null;
    size_bytes: number | null;
    duration_s: number | null;
    width: number | null;
    height: number | null;
    created_at: string;
    finished_at: string | null;
    /** When it is deleted; earlier with its reel. */
    kept_until: string;
};
export type ReelExportList = {
    exports: ReelExport[];
};
export type Webhook = {
    id: string;
    api_key_id: string;
    url: string;
    event_types: ("clip.ready" | "clip.failed" | "master.ready")[];
    enabled: boolean;
    /** `gone`: the receiver answered 410. `failing`: nothing arrived for five days. */
    disabled_reason: ("gone" | "failing") | null;
    failing_since: string | null;
    created_at: string;
};
export type WebhookList = {
    webhooks: Webhook[];
};
export type CreateWebhook = {
    /** Where messages are sent: https, on the public internet. */
    url: string;
    event_types: ("clip.ready" | "clip.failed" | "master.ready")[];
    /** Whose it is; left out, the key of this call. */
    api_key_id?: string;
};
export type WebhookCreated = {
    id: string;
    api_key_id: string;
    url: string;
    event_types: ("clip.ready" | "clip.failed" | "master.ready")[];
    enabled: boolean;
    /** `gone`: the receiver answered 410. `failing`: nothing arrived for five days. */
    disabled_reason: ("gone" | "failing") | null;
    failing_since: string | null;
    created_at: string;
    /** Verifies signatures, `whsec_…`. Shown this one time. */
    secret: string;
};
export type WebhookPatch = {
    /** Where messages are sent: https, on the public internet. */
    url?: string;
    event_types?: ("clip.ready" | "clip.failed" | "master.ready")[];
    enabled?: boolean;
};
export type WebhookDelivery = {
    id: string;
    /** The header `webhook-id`: the same for every attempt and replay. */
    message_id: string;
    "type": "clip.ready" | "clip.failed" | "master.ready" | "webhook.test";
    data: {
        [key: string]: any;
    };
    /** `dropped`: the key no longer reaches what it tells of, or no longer holds; nothing was sent. */
    state: "pending" | "delivered" | "failed" | "dropped";
    attempts: number;
    next_attempt_at: string | null;
    response_status: number | null;
    error: string | null;
    created_at: string;
    ended_at: string | null;
};
export type WebhookDeliveryList = {
    deliveries: WebhookDelivery[];
};
export type ApiKey = {
    id: string;
    name: string;
    /** How the key begins, to tell keys apart. */
    hint: string;
    scope: "read" | "write";
    user: {
        id: string;
        name: string;
        email: string;
    };
    created_at: string;
    expires_at: string | null;
    last_used_at: string | null;
    revoked_at: string | null;
    can_revoke: boolean;
};
export type ApiKeyCreate = {
    name: string;
    scope?: "read" | "write";
    expires_in_days?: number;
    /** Whose key it is; one’s own unless told. */
    user_id?: string;
};
export type CreatedApiKey = {
    id: string;
    name: string;
    /** How the key begins, to tell keys apart. */
    hint: string;
    scope: "read" | "write";
    user: {
        id: string;
        name: string;
        email: string;
    };
    created_at: string;
    expires_at: string | null;
    last_used_at: string | null;
    revoked_at: string | null;
    can_revoke: boolean;
    /** The key itself. This is the one time that it is told. */
    key: string;
};
export type User = {
    id: string;
    email: string;
    name: string;
    role: string;
    team_access: string[];
    player_id: string | null;
    /** False until the person has followed an invitation. */
    has_password: boolean;
    disabled_at: string | null;
    created_at: string;
    updated_at: string;
    /** Whether the caller may change the account: all its teams are theirs. */
    can_manage: boolean;
};
export type UserCreate = {
    email: string;
    name: string;
    role: "player";
    team_access: (TeamCode | "ALL")[];
    player_id: PlayerId;
} | {
    email: string;
    name: string;
    role: "admin" | "staff" | "coach" | "analyst" | "scout";
    team_access: (TeamCode | "ALL")[];
};
export type UserPatch = {
    name?: string;
    role?: "admin" | "staff" | "coach" | "analyst" | "scout" | "player";
    team_access?: (TeamCode | "ALL")[];
    player_id?: PlayerId | null;
    disabled?: boolean;
};
export type UserLink = {
    /** To be handed to the person. This is the one time that it is told. */
    url: string;
    purpose: "invite" | "reset";
    expires_at: string;
};
export type OpenApiDocument = {
    openapi: string;
    info: {
        [key: string]: any;
    };
    paths: {
        [key: string]: any;
    };
    [key: string]: any;
};
/**
 * Who did what, newest first
 */
export function listAudit({ actor, action, targetType, target, teamCode, dateFrom, dateTo, limit, cursor }: {
    actor?: string;
    action?: ("clip.create" | "clip.update" | "clip.delete" | "clip.restore" | "clip.retry" | "clip.play" | "clip.download" | "tag.add" | "tag.remove" | "tag.replace" | "master.create" | "master.ready" | "master.fail" | "master.delete" | "master.restore" | "master.purge" | "master.anchor" | "plays.import" | "window.create" | "window.update" | "window.delete" | "reel.create" | "reel.update" | "reel.items" | "reel.delete" | "reel.export" | "reel.download" | "note.create" | "note.update" | "note.delete" | "link.create" | "link.revoke" | "link.use" | "link.refuse" | "club.update" | "user.create" | "user.update" | "user.disable" | "user.enable" | "user.invite" | "user.reset" | "user.password" | "key.create" | "key.revoke" | "webhook.create" | "webhook.update" | "webhook.delete" | "webhook.test" | "webhook.replay" | "session.start" | "session.refuse" | "session.end" | "session.end_all" | "audit.export")[];
    targetType?: "clip" | "master" | "user" | "key" | "webhook" | "game" | "code_window" | "reel" | "note" | "link" | "club" | "audit";
    target?: string;
    teamCode?: TeamCode;
    dateFrom?: string;
    dateTo?: string;
    limit?: number;
    cursor?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            entries: AuditEntry[];
            next_cursor: string | null;
        };
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/audit${QS.query(QS.explode({
        actor,
        action,
        target_type: targetType,
        target,
        team_code: teamCode,
        date_from: dateFrom,
        date_to: dateTo,
        limit,
        cursor
    }))}`, {
        ...opts
    });
}
/**
 * Who did what, as CSV
 */
export function exportAudit({ actor, action, targetType, target, teamCode, dateFrom, dateTo }: {
    actor?: string;
    action?: ("clip.create" | "clip.update" | "clip.delete" | "clip.restore" | "clip.retry" | "clip.play" | "clip.download" | "tag.add" | "tag.remove" | "tag.replace" | "master.create" | "master.ready" | "master.fail" | "master.delete" | "master.restore" | "master.purge" | "master.anchor" | "plays.import" | "window.create" | "window.update" | "window.delete" | "reel.create" | "reel.update" | "reel.items" | "reel.delete" | "reel.export" | "reel.download" | "note.create" | "note.update" | "note.delete" | "link.create" | "link.revoke" | "link.use" | "link.refuse" | "club.update" | "user.create" | "user.update" | "user.disable" | "user.enable" | "user.invite" | "user.reset" | "user.password" | "key.create" | "key.revoke" | "webhook.create" | "webhook.update" | "webhook.delete" | "webhook.test" | "webhook.replay" | "session.start" | "session.refuse" | "session.end" | "session.end_all" | "audit.export")[];
    targetType?: "clip" | "master" | "user" | "key" | "webhook" | "game" | "code_window" | "reel" | "note" | "link" | "club" | "audit";
    target?: string;
    teamCode?: TeamCode;
    dateFrom?: string;
    dateTo?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/audit/export${QS.query(QS.explode({
        actor,
        action,
        target_type: targetType,
        target,
        team_code: teamCode,
        date_from: dateFrom,
        date_to: dateTo
    }))}`, {
        ...opts
    });
}
/**
 * The clips in reach, newest first, one page
 */
export function listClips({ playerId, teamCode, opponentCode, gameId, season, dateFrom, dateTo, period, eventType, outcome, zone, strength, tag, status, masterId, q, sort, limit, offset, cursor, include, deleted, ifNoneMatch }: {
    playerId?: PlayerId[];
    teamCode?: TeamCode[];
    opponentCode?: string[];
    gameId?: GameId[];
    season?: Season[];
    dateFrom?: string;
    dateTo?: string;
    period?: number[];
    eventType?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    tag?: Tag[];
    status?: ProcessingStatus[];
    masterId?: string;
    q?: string;
    sort?: "-created_at" | "created_at" | "-game_date" | "game_date" | "game";
    limit?: number;
    offset?: number;
    cursor?: string;
    include?: ("assets" | "tags")[];
    deleted?: "true" | "false";
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClipList;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips${QS.query(QS.explode({
        player_id: playerId,
        team_code: teamCode,
        opponent_code: opponentCode,
        game_id: gameId,
        season,
        date_from: dateFrom,
        date_to: dateTo,
        period,
        event_type: eventType,
        outcome,
        zone,
        strength,
        tag,
        status,
        master_id: masterId,
        q,
        sort,
        limit,
        offset,
        cursor,
        deleted
    }), QS.form({
        include
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Cuts a clip out of a master
 */
export function createClip(clipCreate: ClipCreate, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Clip;
    } | {
        status: 201;
        data: Clip;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/clips", oazapfts.json({
        ...opts,
        method: "POST",
        body: clipCreate,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Cuts up to 1,000 clips, with a result for each
 */
export function createClips(clipBatch: ClipBatch, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClipBatchResult;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/clips/batch", oazapfts.json({
        ...opts,
        method: "POST",
        body: clipBatch,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Tags, retags, deletes or restores many clips, by their ids or by a filter
 */
export function changeClips(clipBulk: ClipBulk, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClipBulkResult;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/clips/bulk", oazapfts.json({
        ...opts,
        method: "POST",
        body: clipBulk,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * The clips of a list as a file that other tools open
 */
export function exportClips(format: "sportscode" | "csv", { playerId, teamCode, opponentCode, gameId, season, dateFrom, dateTo, period, eventType, outcome, zone, strength, tag, status, masterId, q }: {
    playerId?: PlayerId[];
    teamCode?: TeamCode[];
    opponentCode?: string[];
    gameId?: GameId[];
    season?: Season[];
    dateFrom?: string;
    dateTo?: string;
    period?: number[];
    eventType?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    tag?: Tag[];
    status?: ProcessingStatus[];
    masterId?: string;
    q?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/export${QS.query(QS.explode({
        format,
        player_id: playerId,
        team_code: teamCode,
        opponent_code: opponentCode,
        game_id: gameId,
        season,
        date_from: dateFrom,
        date_to: dateTo,
        period,
        event_type: eventType,
        outcome,
        zone,
        strength,
        tag,
        status,
        master_id: masterId,
        q
    }))}`, {
        ...opts
    });
}
/**
 * For each filter the values in reach, counted under the other filters
 */
export function listFacets({ playerId, teamCode, opponentCode, gameId, season, dateFrom, dateTo, period, eventType, outcome, zone, strength, tag, status, masterId, q, ifNoneMatch }: {
    playerId?: PlayerId[];
    teamCode?: TeamCode[];
    opponentCode?: string[];
    gameId?: GameId[];
    season?: Season[];
    dateFrom?: string;
    dateTo?: string;
    period?: number[];
    eventType?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    tag?: Tag[];
    status?: ProcessingStatus[];
    masterId?: string;
    q?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClipFacets;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/facets${QS.query(QS.explode({
        player_id: playerId,
        team_code: teamCode,
        opponent_code: opponentCode,
        game_id: gameId,
        season,
        date_from: dateFrom,
        date_to: dateTo,
        period,
        event_type: eventType,
        outcome,
        zone,
        strength,
        tag,
        status,
        master_id: masterId,
        q
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Whether database, store and queue answer
 */
export function getHealth(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Health;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Health;
    }>("/clips/health", {
        ...opts
    });
}
/**
 * Clips by player, by game and by day
 */
export function getStatsBreakdown({ playerId, teamCode, opponentCode, gameId, season, dateFrom, dateTo, period, eventType, outcome, zone, strength, tag, status, masterId, q, ifNoneMatch }: {
    playerId?: PlayerId[];
    teamCode?: TeamCode[];
    opponentCode?: string[];
    gameId?: GameId[];
    season?: Season[];
    dateFrom?: string;
    dateTo?: string;
    period?: number[];
    eventType?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    tag?: Tag[];
    status?: ProcessingStatus[];
    masterId?: string;
    q?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StatsBreakdown;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/stats/breakdown${QS.query(QS.explode({
        player_id: playerId,
        team_code: teamCode,
        opponent_code: opponentCode,
        game_id: gameId,
        season,
        date_from: dateFrom,
        date_to: dateTo,
        period,
        event_type: eventType,
        outcome,
        zone,
        strength,
        tag,
        status,
        master_id: masterId,
        q
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * How many clips there are, by status and event
 */
export function getStatsOverview({ playerId, teamCode, opponentCode, gameId, season, dateFrom, dateTo, period, eventType, outcome, zone, strength, tag, status, masterId, q, ifNoneMatch }: {
    playerId?: PlayerId[];
    teamCode?: TeamCode[];
    opponentCode?: string[];
    gameId?: GameId[];
    season?: Season[];
    dateFrom?: string;
    dateTo?: string;
    period?: number[];
    eventType?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    tag?: Tag[];
    status?: ProcessingStatus[];
    masterId?: string;
    q?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StatsOverview;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/stats/overview${QS.query(QS.explode({
        player_id: playerId,
        team_code: teamCode,
        opponent_code: opponentCode,
        game_id: gameId,
        season,
        date_from: dateFrom,
        date_to: dateTo,
        period,
        event_type: eventType,
        outcome,
        zone,
        strength,
        tag,
        status,
        master_id: masterId,
        q
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * One clip with its signed assets and tags
 */
export function getClip(clipId: ClipId, { ifNoneMatch }: {
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Clip;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Corrects the facts of a clip
 */
export function updateClip(clipId: ClipId, clipPatch: ClipPatch, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Clip;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: clipPatch,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    }));
}
/**
 * Puts a clip into the trash: 30 days later it is gone for good
 */
export function deleteClip(clipId: ClipId, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    });
}
/**
 * The MP4 of a clip, to be kept
 */
export function downloadClip(clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 302;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/download`, {
        ...opts
    });
}
/**
 * Asks for the MP4 of a clip whose files come later
 */
export function askForDownload(clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 202;
        data: Clip;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/download`, {
        ...opts,
        method: "POST"
    });
}
/**
 * The notes on a clip that the caller sees
 */
export function listClipNotes(clipId: ClipId, { ifNoneMatch }: {
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: NoteList;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/notes`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Writes a note on a clip
 */
export function createClipNote(clipId: ClipId, noteCreate: NoteCreate, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Note;
    } | {
        status: 201;
        data: Note;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/notes`, oazapfts.json({
        ...opts,
        method: "POST",
        body: noteCreate,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * The texts of a clip’s playlists, all at once
 */
export function getPlaylists(clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClipPlaylists;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/playlists`, {
        ...opts
    });
}
/**
 * Tells that a clip has begun to play
 */
export function tellPlay(clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/plays`, {
        ...opts,
        method: "POST"
    });
}
/**
 * Takes a clip out of the trash
 */
export function restoreClip(clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Clip;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/restore`, {
        ...opts,
        method: "POST"
    });
}
/**
 * Puts a failed clip in line again
 */
export function retryClip(clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Clip;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/retry`, {
        ...opts,
        method: "POST"
    });
}
/**
 * Adds a tag; one that is there already stays
 */
export function addTag(clipId: ClipId, tag: Tag, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Clip;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/tags/${encodeURIComponent(tag)}`, {
        ...opts,
        method: "PUT",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    });
}
/**
 * Takes a tag off
 */
export function removeTag(clipId: ClipId, tag: Tag, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Clip;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/tags/${encodeURIComponent(tag)}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    });
}
/**
 * Takes back a clip that one has just made
 */
export function undoClip(clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/undo`, {
        ...opts,
        method: "POST"
    });
}
/**
 * A playlist of the signed HLS tree, or the storyboard
 */
export function getClipText(clipId: ClipId, file: string, { token }: {
    token?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 302;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/${encodeURIComponent(file)}${QS.query(QS.explode({
        token
    }))}`, {
        ...opts
    });
}
/**
 * How clubs look: their names, colours and crests
 */
export function listClubs(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClubList;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/clubs", {
        ...opts
    });
}
/**
 * Names a club, gives it a colour or a crest, or takes them away
 */
export function updateClub(teamCode: TeamCode, clubPatch: ClubPatch, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Club;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clubs/${encodeURIComponent(teamCode)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: clubPatch,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    }));
}
/**
 * A club’s crest
 */
export function getCrest(crest: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/crests/${encodeURIComponent(crest)}`, {
        ...opts
    });
}
/**
 * One’s own code windows, then those that are shared with one’s teams
 */
export function listCodeWindows({ teamCode }: {
    teamCode?: TeamCode;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: CodeWindowList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/code-windows${QS.query(QS.explode({
        team_code: teamCode
    }))}`, {
        ...opts
    });
}
/**
 * Makes a code window: buttons that each mark a clip of a certain event, with its lead and lag
 */
export function createCodeWindow(codeWindowCreate: CodeWindowCreate, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: CodeWindow;
    } | {
        status: 201;
        data: CodeWindow;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/code-windows", oazapfts.json({
        ...opts,
        method: "POST",
        body: codeWindowCreate,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * One code window
 */
export function getCodeWindow(codeWindowId: string, { ifNoneMatch }: {
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: CodeWindow;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/code-windows/${encodeURIComponent(codeWindowId)}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Renames a code window, shares it, or puts other buttons into it
 */
export function updateCodeWindow(codeWindowId: string, codeWindowPatch: CodeWindowPatch, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: CodeWindow;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/code-windows/${encodeURIComponent(codeWindowId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: codeWindowPatch,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    }));
}
/**
 * Deletes a code window for good
 */
export function deleteCodeWindow(codeWindowId: string, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/code-windows/${encodeURIComponent(codeWindowId)}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    });
}
/**
 * What happens to clips and masters in reach, as Server-Sent Events
 */
export function streamEvents({ lastEventId, lastEventIdHeader }: {
    lastEventId?: string;
    lastEventIdHeader?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StreamedEvent;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/events${QS.query(QS.explode({
        last_event_id: lastEventId
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Last-Event-ID": lastEventIdHeader
        })
    });
}
/**
 * The games in reach, the newest first
 */
export function listGames({ teamCode, season, opponentCode, dateFrom, dateTo, q, cursor, ifNoneMatch }: {
    teamCode?: TeamCode;
    season?: Season;
    opponentCode?: string;
    dateFrom?: string;
    dateTo?: string;
    q?: string;
    cursor?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: GameList;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/games${QS.query(QS.explode({
        team_code: teamCode,
        season,
        opponent_code: opponentCode,
        date_from: dateFrom,
        date_to: dateTo,
        q,
        cursor
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * One game, with its rosters as far as files name them
 */
export function getGame(teamCode: TeamCode, season: Season, gameId: GameId, { ifNoneMatch }: {
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: GameWithRosters;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/games/${encodeURIComponent(teamCode)}/${encodeURIComponent(season)}/${encodeURIComponent(gameId)}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * The masters in reach, newest first
 */
export function listMasters({ teamCode, season, gameId, status, sort, deleted, limit, offset, ifNoneMatch }: {
    teamCode?: TeamCode;
    season?: Season;
    gameId?: GameId;
    status?: ("uploading" | "ready" | "failed")[];
    sort?: "-created_at" | "game";
    deleted?: "true" | "false";
    limit?: number;
    offset?: number;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: MasterList;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters${QS.query(QS.explode({
        team_code: teamCode,
        season,
        game_id: gameId,
        status,
        sort,
        deleted,
        limit,
        offset
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Announces a file and gets the address to send it to
 */
export function startUpload(masterCreate: MasterCreate, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: MasterAnnounced;
    } | {
        status: 201;
        data: MasterCreated;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: 507;
        data: Problem;
    }>("/masters", oazapfts.json({
        ...opts,
        method: "POST",
        body: masterCreate,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * One master
 */
export function getMaster(masterId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Master;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}`, {
        ...opts
    });
}
/**
 * Puts a master into the trash, or gives up an upload
 */
export function deleteMaster(masterId: string, { permanent }: {
    permanent?: "true" | "false";
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}${QS.query(QS.explode({
        permanent
    }))}`, {
        ...opts,
        method: "DELETE"
    });
}
/**
 * The moments that tie the clocks of periods to a master
 */
export function getAnchors(masterId: string, { ifNoneMatch }: {
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: AnchorList;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}/anchors`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Ties the clocks of periods to a master
 */
export function setAnchors(masterId: string, anchors: Anchors, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: AnchorList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}/anchors`, oazapfts.json({
        ...opts,
        method: "PUT",
        body: anchors,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    }));
}
/**
 * Ends an upload: size, checksum and video are checked
 */
export function completeUpload(masterId: string, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Master;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}/complete`, {
        ...opts,
        method: "POST",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    });
}
/**
 * The notes on a film
 */
export function listFilmNotes(masterId: string, { ifNoneMatch }: {
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: NoteList;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}/notes`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Writes a note on a film
 */
export function createFilmNote(masterId: string, noteCreate: NoteCreate, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Note;
    } | {
        status: 201;
        data: Note;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}/notes`, oazapfts.json({
        ...opts,
        method: "POST",
        body: noteCreate,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Where a master is watched, as far as it is prepared
 */
export function getMasterPlayback(masterId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: MasterPlayback;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}/playback`, {
        ...opts
    });
}
/**
 * Takes a master out of the trash
 */
export function restoreMaster(masterId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Master;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}/restore`, {
        ...opts,
        method: "POST"
    });
}
/**
 * A playlist of a whole master, as far as it is prepared
 */
export function getMasterText(masterId: string, file: string, { token }: {
    token?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/masters/${encodeURIComponent(masterId)}/${encodeURIComponent(file)}${QS.query(QS.explode({
        token
    }))}`, {
        ...opts
    });
}
/**
 * Changes a note
 */
export function updateNote(noteId: string, notePatch: NotePatch, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Note;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/notes/${encodeURIComponent(noteId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: notePatch,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    }));
}
/**
 * Deletes a note with its answers, or one answer
 */
export function deleteNote(noteId: string, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/notes/${encodeURIComponent(noteId)}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    });
}
/**
 * Answers a note
 */
export function answerNote(noteId: string, noteAnswer: NoteAnswer, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Note;
    } | {
        status: 201;
        data: Note;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/notes/${encodeURIComponent(noteId)}/answers`, oazapfts.json({
        ...opts,
        method: "POST",
        body: noteAnswer,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * The plays in reach, with where each is seen
 */
export function listPlays({ teamCode, season, gameId, source, kind, period, name, shorthand, outcome, zone, strength, actingTeam, playerId, namedIds, onIce, against, rink, sort, cursor, limit, ifNoneMatch }: {
    teamCode?: TeamCode[];
    season?: Season[];
    gameId?: GameId[];
    source?: ("playsequence" | "sportscode" | "nhl")[];
    kind?: ("event" | "shift")[];
    period?: number[];
    name?: string[];
    shorthand?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    actingTeam?: string[];
    playerId?: PlayerId[];
    namedIds?: PlayerId[];
    onIce?: PlayerId[];
    against?: PlayerId[];
    rink?: string;
    sort?: "clock" | "-clock";
    cursor?: string;
    limit?: number;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: PlayList;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/plays${QS.query(QS.explode({
        team_code: teamCode,
        season,
        game_id: gameId,
        source,
        kind,
        period,
        name,
        shorthand,
        outcome,
        zone,
        strength,
        acting_team: actingTeam,
        player_id: playerId,
        named_ids: namedIds,
        on_ice: onIce,
        against,
        rink,
        sort,
        cursor,
        limit
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Makes clips of up to 1,000 plays
 */
export function clipPlays(clipPlays: ClipPlays, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClippedPlays;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/plays/clips", oazapfts.json({
        ...opts,
        method: "POST",
        body: clipPlays
    }));
}
/**
 * The plays of a list as a file that other tools open
 */
export function exportPlays(format: "sportscode" | "csv", { teamCode, season, gameId, source, kind, period, name, shorthand, outcome, zone, strength, actingTeam, playerId, namedIds, onIce, against, rink, masterId, leadS, lagS }: {
    teamCode?: TeamCode[];
    season?: Season[];
    gameId?: GameId[];
    source?: ("playsequence" | "sportscode" | "nhl")[];
    kind?: ("event" | "shift")[];
    period?: number[];
    name?: string[];
    shorthand?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    actingTeam?: string[];
    playerId?: PlayerId[];
    namedIds?: PlayerId[];
    onIce?: PlayerId[];
    against?: PlayerId[];
    rink?: string;
    masterId?: string;
    leadS?: string;
    lagS?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/plays/export${QS.query(QS.explode({
        format,
        team_code: teamCode,
        season,
        game_id: gameId,
        source,
        kind,
        period,
        name,
        shorthand,
        outcome,
        zone,
        strength,
        acting_team: actingTeam,
        player_id: playerId,
        named_ids: namedIds,
        on_ice: onIce,
        against,
        rink,
        master_id: masterId,
        lead_s: leadS,
        lag_s: lagS
    }))}`, {
        ...opts
    });
}
/**
 * For each filter of plays the values in reach, counted under the other filters
 */
export function listPlayFacets({ teamCode, season, gameId, source, kind, period, name, shorthand, outcome, zone, strength, actingTeam, playerId, namedIds, onIce, against, rink, ifNoneMatch }: {
    teamCode?: TeamCode[];
    season?: Season[];
    gameId?: GameId[];
    source?: ("playsequence" | "sportscode" | "nhl")[];
    kind?: ("event" | "shift")[];
    period?: number[];
    name?: string[];
    shorthand?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    actingTeam?: string[];
    playerId?: PlayerId[];
    namedIds?: PlayerId[];
    onIce?: PlayerId[];
    against?: PlayerId[];
    rink?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: PlayFacets;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/plays/facets${QS.query(QS.explode({
        team_code: teamCode,
        season,
        game_id: gameId,
        source,
        kind,
        period,
        name,
        shorthand,
        outcome,
        zone,
        strength,
        acting_team: actingTeam,
        player_id: playerId,
        named_ids: namedIds,
        on_ice: onIce,
        against,
        rink
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Imports a file of plays into a game
 */
export function importPlays(teamCode: TeamCode, season: Season, gameId: GameId, body: {
    [key: string]: any;
}, { format, filename, dryRun, confirm }: {
    format?: "auto" | "playsequence" | "sportscode" | "nhl";
    filename?: string;
    dryRun?: "true" | "false";
    confirm?: "true" | "false";
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: PlayImport;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/plays/import${QS.query(QS.explode({
        team_code: teamCode,
        season,
        game_id: gameId,
        format,
        filename,
        dry_run: dryRun,
        confirm
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    }));
}
/**
 * Shots, entries, face-offs and time on ice, each number with the parameters that list its plays
 */
export function getPlayStats({ teamCode, season, gameId, source, kind, period, name, shorthand, outcome, zone, strength, actingTeam, playerId, namedIds, onIce, against, rink, ifNoneMatch }: {
    teamCode?: TeamCode[];
    season?: Season[];
    gameId?: GameId[];
    source?: ("playsequence" | "sportscode" | "nhl")[];
    kind?: ("event" | "shift")[];
    period?: number[];
    name?: string[];
    shorthand?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    actingTeam?: string[];
    playerId?: PlayerId[];
    namedIds?: PlayerId[];
    onIce?: PlayerId[];
    against?: PlayerId[];
    rink?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: PlayStats;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/plays/stats${QS.query(QS.explode({
        team_code: teamCode,
        season,
        game_id: gameId,
        source,
        kind,
        period,
        name,
        shorthand,
        outcome,
        zone,
        strength,
        acting_team: actingTeam,
        player_id: playerId,
        named_ids: namedIds,
        on_ice: onIce,
        against,
        rink
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * One of the tables of statistics, for a spreadsheet
 */
export function exportPlayStats(table: "shots" | "entries" | "faceoffs" | "ice_time", { teamCode, season, gameId, source, kind, period, name, shorthand, outcome, zone, strength, actingTeam, playerId, namedIds, onIce, against, rink }: {
    teamCode?: TeamCode[];
    season?: Season[];
    gameId?: GameId[];
    source?: ("playsequence" | "sportscode" | "nhl")[];
    kind?: ("event" | "shift")[];
    period?: number[];
    name?: string[];
    shorthand?: string[];
    outcome?: string[];
    zone?: string[];
    strength?: string[];
    actingTeam?: string[];
    playerId?: PlayerId[];
    namedIds?: PlayerId[];
    onIce?: PlayerId[];
    against?: PlayerId[];
    rink?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/plays/stats/export${QS.query(QS.explode({
        table,
        team_code: teamCode,
        season,
        game_id: gameId,
        source,
        kind,
        period,
        name,
        shorthand,
        outcome,
        zone,
        strength,
        acting_team: actingTeam,
        player_id: playerId,
        named_ids: namedIds,
        on_ice: onIce,
        against,
        rink
    }))}`, {
        ...opts
    });
}
/**
 * The reels that are shown to the caller, newest first, one page
 */
export function listReels({ teamCode, q, audience, forMe, mine, limit, cursor, ifNoneMatch }: {
    teamCode?: TeamCode;
    q?: string;
    audience?: "private" | "staff" | "team" | "players";
    forMe?: "true" | "false";
    mine?: "true" | "false";
    limit?: number;
    cursor?: string;
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ReelList;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels${QS.query(QS.explode({
        team_code: teamCode,
        q,
        audience,
        for_me: forMe,
        mine,
        limit,
        cursor
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Makes an empty reel
 */
export function createReel(reelCreate: ReelCreate, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Reel;
    } | {
        status: 201;
        data: Reel;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/reels", oazapfts.json({
        ...opts,
        method: "POST",
        body: reelCreate,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * One reel with what it shows
 */
export function getReel(reelId: string, { ifNoneMatch }: {
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Reel;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Changes the words of a reel, and to whom it is shown
 */
export function updateReel(reelId: string, reelPatch: ReelPatch, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Reel;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: reelPatch,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    }));
}
/**
 * Deletes a reel; its clips stay
 */
export function deleteReel(reelId: string, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}`, {
        ...opts,
        method: "DELETE",
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    });
}
/**
 * The notes on what a reel shows to the caller
 */
export function listReelNotes(reelId: string, { ifNoneMatch }: {
    ifNoneMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: NoteList;
    } | {
        status: 304;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/notes`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-None-Match": ifNoneMatch
        })
    });
}
/**
 * Puts clips at the end of a reel
 */
export function addReelItems(reelId: string, reelItemsAdd: ReelItemsAdd, { idempotencyKey, ifMatch }: {
    idempotencyKey?: string;
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ReelItemsAdded;
    } | {
        status: 201;
        data: ReelItemsAdded;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/items`, oazapfts.json({
        ...opts,
        method: "POST",
        body: reelItemsAdd,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey,
            "If-Match": ifMatch
        })
    }));
}
/**
 * Puts the items of a reel in order, with their trims and notes
 */
export function putReelItems(reelId: string, reelItemsPut: ReelItemsPut, { ifMatch }: {
    ifMatch?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Reel;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 412;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 428;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/items`, oazapfts.json({
        ...opts,
        method: "PUT",
        body: reelItemsPut,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "If-Match": ifMatch
        })
    }));
}
/**
 * Tells that the caller has opened a reel
 */
export function openReel(reelId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/opens`, {
        ...opts,
        method: "POST"
    });
}
/**
 * Tells that a clip has begun to play in a reel
 */
export function tellReelPlay(reelId: string, clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/clips/${encodeURIComponent(clipId)}/plays`, {
        ...opts,
        method: "POST"
    });
}
/**
 * The texts of the playlists of a clip that a reel shows, all at once
 */
export function getReelPlaylists(reelId: string, clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClipPlaylists;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/clips/${encodeURIComponent(clipId)}/playlists`, {
        ...opts
    });
}
/**
 * The links that show a reel to people without an account, newest first
 */
export function listReelLinks(reelId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: LinkList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/links`, {
        ...opts
    });
}
/**
 * Makes a link that shows a reel to people without an account
 */
export function createReelLink(reelId: string, linkCreate: LinkCreate, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: NewLink;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/links`, oazapfts.json({
        ...opts,
        method: "POST",
        body: linkCreate
    }));
}
/**
 * All links of the caller’s teams that open something still, newest first
 */
export function listLinks({ teamCode, limit }: {
    teamCode?: TeamCode;
    limit?: number;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: LinkList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/links${QS.query(QS.explode({
        team_code: teamCode,
        limit
    }))}`, {
        ...opts
    });
}
/**
 * Takes a link back
 */
export function revokeLink(linkId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/links/${encodeURIComponent(linkId)}`, {
        ...opts,
        method: "DELETE"
    });
}
/**
 * What a link shows
 */
export function openLink(linkOpen: LinkOpen, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: SharedReel;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/shared", oazapfts.json({
        ...opts,
        method: "POST",
        body: linkOpen
    }));
}
/**
 * The file of one clip that a link shows, to be kept
 */
export function downloadShared(itemId: string, token: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 302;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/shared/${encodeURIComponent(itemId)}/download${QS.query(QS.explode({
        token
    }))}`, {
        ...opts
    });
}
/**
 * The texts of the playlists of what a link shows, all at once
 */
export function getSharedPlaylists(itemId: string, token: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ClipPlaylists;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/shared/${encodeURIComponent(itemId)}/playlists${QS.query(QS.explode({
        token
    }))}`, {
        ...opts
    });
}
/**
 * Tells that an item has begun to play through a link
 */
export function tellSharedPlay(itemId: string, token: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/shared/${encodeURIComponent(itemId)}/plays${QS.query(QS.explode({
        token
    }))}`, {
        ...opts,
        method: "POST"
    });
}
/**
 * A playlist of what a link shows
 */
export function getSharedText(itemId: string, file: string, token: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 302;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/shared/${encodeURIComponent(itemId)}/${encodeURIComponent(file)}${QS.query(QS.explode({
        token
    }))}`, {
        ...opts
    });
}
/**
 * Tells which parts of clips were watched through a link
 */
export function recordSharedViews(sharedViewsRecord: SharedViewsRecord, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ViewsRecorded;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/shared/views", oazapfts.json({
        ...opts,
        method: "POST",
        body: sharedViewsRecord
    }));
}
/**
 * Bytes of what a link without names shows
 */
export function getSharedMedia(name: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 206;
        data: string;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 416;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/shared-media/${encodeURIComponent(name)}`, {
        ...opts
    });
}
/**
 * Who of a team watched which of its newest reels
 */
export function getTeamViews(teamCode: TeamCode, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: TeamViews;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/views${QS.query(QS.explode({
        team_code: teamCode
    }))}`, {
        ...opts
    });
}
/**
 * Tells which parts of clips the caller has watched
 */
export function recordViews(viewsRecord: ViewsRecord, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ViewsRecorded;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/views", oazapfts.json({
        ...opts,
        method: "POST",
        body: viewsRecord
    }));
}
/**
 * What is kept of the caller’s own watching, and for how long
 */
export function getOwnViews(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: OwnViews;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/views/mine", {
        ...opts
    });
}
/**
 * Who watched a reel, how much, and which seconds
 */
export function getReelViews(reelId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Views;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/views`, {
        ...opts
    });
}
/**
 * Who watched a clip, how much, and which seconds, in reels and outside of them
 */
export function getClipViews(clipId: ClipId, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Views;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/clips/${encodeURIComponent(clipId)}/views`, {
        ...opts
    });
}
/**
 * Asks for one MP4 of a whole reel
 */
export function exportReel(reelId: string, reelExportRequest: ReelExportRequest, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 202;
        data: ReelExport;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 422;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/export`, oazapfts.json({
        ...opts,
        method: "POST",
        body: reelExportRequest
    }));
}
/**
 * What was exported of a reel, the newest first
 */
export function listReelExports(reelId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ReelExportList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/exports`, {
        ...opts
    });
}
/**
 * One export of a reel, with a signed URL of its MP4 once that is made
 */
export function getReelExport(reelId: string, exportId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ReelExport;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/exports/${encodeURIComponent(exportId)}`, {
        ...opts
    });
}
/**
 * The clips of a reel as one ZIP of MP4s
 */
export function downloadReel(reelId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/reels/${encodeURIComponent(reelId)}/download`, {
        ...opts
    });
}
/**
 * The webhooks of the key that calls; for a person, those of their keys
 */
export function listWebhooks({ apiKeyId }: {
    apiKeyId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: WebhookList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/webhooks${QS.query(QS.explode({
        api_key_id: apiKeyId
    }))}`, {
        ...opts
    });
}
/**
 * Has events sent to an address
 */
export function createWebhook(createWebhook: CreateWebhook, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: WebhookCreated;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/webhooks", oazapfts.json({
        ...opts,
        method: "POST",
        body: createWebhook
    }));
}
/**
 * One webhook
 */
export function getWebhook(webhookId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Webhook;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/webhooks/${encodeURIComponent(webhookId)}`, {
        ...opts
    });
}
/**
 * Changes a webhook, or switches it off or on again
 */
export function updateWebhook(webhookId: string, webhookPatch: WebhookPatch, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Webhook;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/webhooks/${encodeURIComponent(webhookId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: webhookPatch
    }));
}
/**
 * Deletes a webhook with its messages
 */
export function deleteWebhook(webhookId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/webhooks/${encodeURIComponent(webhookId)}`, {
        ...opts,
        method: "DELETE"
    });
}
/**
 * The newest messages of a webhook and how their sending went; kept for 30 days
 */
export function listWebhookDeliveries(webhookId: string, { limit }: {
    limit?: number;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: WebhookDeliveryList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/webhooks/${encodeURIComponent(webhookId)}/deliveries${QS.query(QS.explode({
        limit
    }))}`, {
        ...opts
    });
}
/**
 * Sends a message again, under its old message id
 */
export function replayWebhookDelivery(webhookId: string, deliveryId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 202;
        data: WebhookDelivery;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/webhooks/${encodeURIComponent(webhookId)}/deliveries/${encodeURIComponent(deliveryId)}/replay`, {
        ...opts,
        method: "POST"
    });
}
/**
 * Sends a message that tells nothing, `webhook.test`
 */
export function testWebhook(webhookId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 202;
        data: WebhookDelivery;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/webhooks/${encodeURIComponent(webhookId)}/test`, {
        ...opts,
        method: "POST"
    });
}
/**
 * One’s own API keys; for an admin, those of everybody in sight
 */
export function listKeys({ userId, status, limit, offset }: {
    userId?: string;
    status?: "active" | "ended";
    limit?: number;
    offset?: number;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            keys: ApiKey[];
            total: number;
            limit: number;
            offset: number;
        };
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/keys${QS.query(QS.explode({
        user_id: userId,
        status,
        limit,
        offset
    }))}`, {
        ...opts
    });
}
/**
 * Makes an API key, and tells it once
 */
export function createKey(apiKeyCreate: ApiKeyCreate, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: CreatedApiKey;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/keys", oazapfts.json({
        ...opts,
        method: "POST",
        body: apiKeyCreate
    }));
}
/**
 * Ends an API key at once
 */
export function revokeKey(keyId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/keys/${encodeURIComponent(keyId)}`, {
        ...opts,
        method: "DELETE"
    });
}
/**
 * The accounts that see something of the caller’s teams, by name
 */
export function listUsers({ q, role, teamCode, status, limit, offset }: {
    q?: string;
    role?: "admin" | "staff" | "coach" | "analyst" | "scout" | "player";
    teamCode?: TeamCode;
    status?: "active" | "disabled";
    limit?: number;
    offset?: number;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            users: User[];
            total: number;
            limit: number;
            offset: number;
        };
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/users${QS.query(QS.explode({
        q,
        role,
        team_code: teamCode,
        status,
        limit,
        offset
    }))}`, {
        ...opts
    });
}
/**
 * Makes an account
 */
export function createUser(userCreate: UserCreate, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: User;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/users", oazapfts.json({
        ...opts,
        method: "POST",
        body: userCreate
    }));
}
/**
 * One account
 */
export function getUser(userId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: User;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/users/${encodeURIComponent(userId)}`, {
        ...opts
    });
}
/**
 * Changes an account
 */
export function updateUser(userId: string, userPatch: UserPatch, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: User;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 413;
        data: Problem;
    } | {
        status: 415;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/users/${encodeURIComponent(userId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: userPatch
    }));
}
/**
 * Disables an account
 */
export function disableUser(userId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/users/${encodeURIComponent(userId)}`, {
        ...opts,
        method: "DELETE"
    });
}
/**
 * A link by which a new person sets a password
 */
export function inviteUser(userId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: UserLink;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/users/${encodeURIComponent(userId)}/invite`, {
        ...opts,
        method: "POST"
    });
}
/**
 * A link by which a person sets a new password
 */
export function resetUser(userId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 201;
        data: UserLink;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>(`/users/${encodeURIComponent(userId)}/reset`, {
        ...opts,
        method: "POST"
    });
}
/**
 * This API as an OpenAPI 3.1 document
 */
export function getOpenApiDocument(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: OpenApiDocument;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 500;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    }>("/openapi.json", {
        ...opts
    });
}
