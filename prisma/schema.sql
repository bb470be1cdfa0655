-- What prisma/migrations and prisma/functions amount to. Written by npm run db:dump; a test compares it.

-- Tables

ALTER TABLE media._prisma_migrations ADD CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id);
CREATE TABLE media._prisma_migrations (
    id character varying(36) NOT NULL,
    checksum character varying(64) NOT NULL,
    finished_at timestamp with time zone,
    migration_name character varying(255) NOT NULL,
    logs text,
    rolled_back_at timestamp with time zone,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    applied_steps_count integer DEFAULT 0 NOT NULL
);
ALTER TABLE media.api_keys ADD CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash);
ALTER TABLE media.api_keys ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);
ALTER TABLE media.api_keys ADD CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES media.users(id) ON DELETE CASCADE;
ALTER TABLE media.api_keys ADD CONSTRAINT ck_api_key_scope CHECK (((scope)::text = ANY ((ARRAY['read'::character varying, 'write'::character varying])::text[])));
CREATE TABLE media.api_keys (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name character varying(100) NOT NULL,
    key_hash character(64) NOT NULL,
    key_hint character varying(12) NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    scope character varying(10) DEFAULT 'write'::character varying NOT NULL
);
ALTER TABLE media.api_rate_limits ADD CONSTRAINT api_rate_limits_pkey PRIMARY KEY (key);
CREATE UNLOGGED TABLE media.api_rate_limits (
    key character varying(255) NOT NULL,
    points integer DEFAULT 0 NOT NULL,
    expire bigint
);
ALTER TABLE media.audit_log ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);
CREATE TABLE media.audit_log (
    id bigint DEFAULT nextval('media.audit_log_id_seq'::regclass) NOT NULL,
    at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    actor_user_id uuid,
    actor_name character varying(255),
    api_key_id uuid,
    action character varying(40) NOT NULL,
    target_type character varying(20) NOT NULL,
    target_id character varying(254) NOT NULL,
    team_codes character varying(10)[] DEFAULT '{}'::character varying[] NOT NULL,
    ip character varying(45),
    request_id character varying(64),
    before jsonb,
    after jsonb,
    once_key character varying(64)
);
ALTER TABLE media.clip_assets ADD CONSTRAINT ck_asset_type CHECK (((asset_type)::text = ANY ((ARRAY['mp4'::character varying, 'hls_playlist'::character varying, 'hls_segment'::character varying, 'thumbnail'::character varying, 'thumbnail_grid'::character varying, 'dash_manifest'::character varying])::text[])));
ALTER TABLE media.clip_assets ADD CONSTRAINT clip_assets_clip_id_fkey FOREIGN KEY (clip_id) REFERENCES media.clips(id) ON DELETE CASCADE;
ALTER TABLE media.clip_assets ADD CONSTRAINT clip_assets_pkey PRIMARY KEY (id);
ALTER TABLE media.clip_assets ADD CONSTRAINT uq_clip_asset_type UNIQUE (clip_id, asset_type, gcs_uri);
CREATE TABLE media.clip_assets (
    id integer DEFAULT nextval('media.clip_assets_id_seq'::regclass) NOT NULL,
    clip_id integer NOT NULL,
    asset_type character varying(20) NOT NULL,
    gcs_uri character varying(512) NOT NULL,
    cdn_path character varying(512),
    file_size_bytes bigint,
    duration_s double precision,
    width integer,
    height integer,
    codec character varying(50),
    bitrate_kbps integer,
    created_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    generation character varying(20),
    delivery_index jsonb,
    crc32c character varying(8)
);
ALTER TABLE media.clip_counts ADD CONSTRAINT clip_counts_pkey PRIMARY KEY (id);
CREATE TABLE media.clip_counts (
    id bigint DEFAULT nextval('media.clip_counts_id_seq'::regclass) NOT NULL,
    team_code character varying(10) NOT NULL,
    season character varying(10),
    field character varying(20) NOT NULL,
    value character varying(100) NOT NULL,
    player_name character varying(255),
    game_date date,
    opponent_code character varying(10),
    clips integer NOT NULL,
    settled boolean DEFAULT false NOT NULL
);
ALTER TABLE media.clip_plays ADD CONSTRAINT clip_plays_pkey PRIMARY KEY (play_id);
ALTER TABLE media.clip_plays ADD CONSTRAINT clip_plays_play_id_fkey FOREIGN KEY (play_id) REFERENCES media.plays(id) ON DELETE CASCADE;
CREATE TABLE media.clip_plays (
    play_id bigint NOT NULL,
    clip_id integer NOT NULL
);
ALTER TABLE media.clip_taggings ADD CONSTRAINT clip_taggings_pkey PRIMARY KEY (clip_id);
CREATE TABLE media.clip_taggings (
    clip_id integer NOT NULL,
    at timestamp without time zone NOT NULL
);
ALTER TABLE media.clip_tags ADD CONSTRAINT clip_tags_clip_id_fkey FOREIGN KEY (clip_id) REFERENCES media.clips(id) ON DELETE CASCADE;
ALTER TABLE media.clip_tags ADD CONSTRAINT clip_tags_pkey PRIMARY KEY (id);
ALTER TABLE media.clip_tags ADD CONSTRAINT uq_clip_tag UNIQUE (clip_id, tag);
CREATE TABLE media.clip_tags (
    id integer DEFAULT nextval('media.clip_tags_id_seq'::regclass) NOT NULL,
    clip_id integer NOT NULL,
    tag character varying(100) NOT NULL,
    tag_type character varying(50),
    confidence double precision,
    created_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    team_code character varying(10)
);
ALTER TABLE media.clip_writes ADD CONSTRAINT clip_writes_pkey PRIMARY KEY (claim_token);
CREATE TABLE media.clip_writes (
    claim_token uuid NOT NULL,
    clip_id character varying(64) NOT NULL,
    prefix character varying(128) NOT NULL,
    begun_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE media.clips ADD CONSTRAINT ck_clip_duration CHECK (((duration_s > (0)::double precision) AND (duration_s <= (300)::double precision)));
ALTER TABLE media.clips ADD CONSTRAINT ck_clip_progress CHECK (((progress >= 0) AND (progress <= 100)));
ALTER TABLE media.clips ADD CONSTRAINT ck_clip_status CHECK (((processing_status)::text = ANY ((ARRAY['pending'::character varying, 'processing'::character varying, 'ready'::character varying, 'failed'::character varying])::text[])));
ALTER TABLE media.clips ADD CONSTRAINT clips_clip_id_key UNIQUE (clip_id);
ALTER TABLE media.clips ADD CONSTRAINT clips_pkey PRIMARY KEY (id);
CREATE TABLE media.clips (
    id integer DEFAULT nextval('media.clips_id_seq'::regclass) NOT NULL,
    clip_id character varying(64) NOT NULL,
    player_id character varying(20) NOT NULL,
    player_name character varying(255),
    team_code character varying(10) NOT NULL,
    opponent_code character varying(10),
    game_id character varying(20) NOT NULL,
    game_date date,
    season character varying(10),
    period integer,
    event_type character varying(50) NOT NULL,
    outcome character varying(50),
    zone character varying(50),
    start_timecode_s double precision NOT NULL,
    end_timecode_s double precision NOT NULL,
    duration_s double precision NOT NULL,
    source_gcs_uri character varying(512),
    processing_status character varying(50) DEFAULT 'pending'::character varying,
    processing_time_s double precision,
    error_message text,
    created_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    strength character varying(20),
    progress smallint DEFAULT 0 NOT NULL,
    claim_token uuid,
    frame_rate double precision,
    idempotency_key character varying(255),
    request_hash character(64),
    search_text text,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    audio_note character varying(30),
    play_id bigint
);
ALTER TABLE media.clock_runs ADD CONSTRAINT clock_runs_pkey PRIMARY KEY (team_code, season, game_id, period, video_s);
ALTER TABLE media.clock_runs ADD CONSTRAINT clock_runs_team_code_season_game_id_fkey FOREIGN KEY (team_code, season, game_id) REFERENCES media.games(team_code, season, game_id) ON DELETE CASCADE;
CREATE TABLE media.clock_runs (
    team_code character varying(10) NOT NULL,
    season character varying(10) NOT NULL,
    game_id character varying(20) NOT NULL,
    period smallint NOT NULL,
    clock_s double precision NOT NULL,
    video_s double precision NOT NULL
);
ALTER TABLE media.clubs ADD CONSTRAINT clubs_check CHECK (((crest IS NULL) = (crest_name IS NULL)));
ALTER TABLE media.clubs ADD CONSTRAINT clubs_color_check CHECK ((color ~ '^#[0-9a-f]{6}$'::text));
ALTER TABLE media.clubs ADD CONSTRAINT clubs_crest_check CHECK ((octet_length(crest) <= 262144));
ALTER TABLE media.clubs ADD CONSTRAINT clubs_pkey PRIMARY KEY (team_code);
CREATE TABLE media.clubs (
    team_code character varying(10) NOT NULL,
    name character varying(60),
    color character(7),
    crest bytea,
    crest_name character(64),
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.code_windows ADD CONSTRAINT code_windows_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES media.users(id) ON DELETE SET NULL;
ALTER TABLE media.code_windows ADD CONSTRAINT code_windows_pkey PRIMARY KEY (id);
CREATE TABLE media.code_windows (
    id uuid NOT NULL,
    owner_id uuid,
    team_code character varying(10) NOT NULL,
    name character varying(100) NOT NULL,
    is_shared boolean DEFAULT false NOT NULL,
    buttons jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.ended_sessions ADD CONSTRAINT ended_sessions_pkey PRIMARY KEY (session_id);
ALTER TABLE media.ended_sessions ADD CONSTRAINT ended_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES media.users(id) ON DELETE CASCADE;
CREATE TABLE media.ended_sessions (
    session_id uuid NOT NULL,
    user_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
ALTER TABLE media.events ADD CONSTRAINT ck_event_player CHECK (
CASE
    WHEN (clip_id IS NOT NULL) THEN (player_id IS NOT NULL)
    WHEN (master_id IS NOT NULL) THEN (player_id IS NULL)
    ELSE true
END);
ALTER TABLE media.events ADD CONSTRAINT ck_event_subject CHECK (((num_nonnulls(clip_id, master_id, reel_id, game_id, note_id, export_id) = 1) AND ((season IS NULL) = (game_id IS NULL))));
ALTER TABLE media.events ADD CONSTRAINT events_once_key UNIQUE (once);
ALTER TABLE media.events ADD CONSTRAINT events_pkey PRIMARY KEY (id);
CREATE TABLE media.events (
    id bigint DEFAULT nextval('media.events_id_seq'::regclass) NOT NULL,
    xact bigint DEFAULT ((pg_current_xact_id())::text)::bigint NOT NULL,
    type character varying(30) NOT NULL,
    clip_id character varying(64),
    master_id uuid,
    team_code character varying(10) NOT NULL,
    player_id character varying(20),
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    once character varying(100),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    reel_id uuid,
    season character varying(10),
    game_id character varying(20),
    note_id uuid,
    export_id uuid
);
ALTER TABLE media.function_files ADD CONSTRAINT function_files_pkey PRIMARY KEY (name);
CREATE TABLE media.function_files (
    name character varying(100) NOT NULL,
    checksum character(64) NOT NULL,
    applied_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.game_players ADD CONSTRAINT game_players_pkey PRIMARY KEY (team_code, season, game_id, player_id);
ALTER TABLE media.game_players ADD CONSTRAINT game_players_team_code_season_game_id_fkey FOREIGN KEY (team_code, season, game_id) REFERENCES media.games(team_code, season, game_id) ON DELETE CASCADE;
CREATE TABLE media.game_players (
    team_code character varying(10) NOT NULL,
    season character varying(10) NOT NULL,
    game_id character varying(20) NOT NULL,
    player_id character varying(20) NOT NULL,
    player_name character varying(255),
    jersey character varying(5),
    "position" character varying(10),
    plays_for character varying(50)
);
ALTER TABLE media.games ADD CONSTRAINT games_pkey PRIMARY KEY (team_code, season, game_id);
CREATE TABLE media.games (
    team_code character varying(10) NOT NULL,
    season character varying(10) NOT NULL,
    game_id character varying(20) NOT NULL,
    game_date date,
    opponent_code character varying(10),
    is_home boolean,
    own_goals integer,
    opponent_goals integer,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    day date GENERATED ALWAYS AS COALESCE(game_date, ((created_at AT TIME ZONE 'UTC'::text))::date)
);
ALTER TABLE media.idempotency_keys ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, idempotency_key);
CREATE TABLE media.idempotency_keys (
    user_id uuid NOT NULL,
    idempotency_key character varying(255) NOT NULL,
    method character varying(10) NOT NULL,
    path character varying(255) NOT NULL,
    request_hash character(64) NOT NULL,
    outcome jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.library_audits ADD CONSTRAINT ck_library_audit_origin CHECK (((origin)::text = ANY ((ARRAY['worker'::character varying, 'command'::character varying])::text[])));
ALTER TABLE media.library_audits ADD CONSTRAINT library_audits_pkey PRIMARY KEY (id);
CREATE TABLE media.library_audits (
    id bigint DEFAULT nextval('media.library_audits_id_seq'::regclass) NOT NULL,
    origin character varying(10) NOT NULL,
    started_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    beat_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    finished_at timestamp with time zone,
    report jsonb DEFAULT '{}'::jsonb NOT NULL,
    error character varying(300)
);
ALTER TABLE media.master_anchors ADD CONSTRAINT ck_master_anchor CHECK ((((period >= 1) AND (period <= 9)) AND (clock_s >= (0)::double precision) AND (video_s >= (0)::double precision) AND ((rate >= (0.5)::double precision) AND (rate <= (2)::double precision))));
ALTER TABLE media.master_anchors ADD CONSTRAINT master_anchors_master_id_fkey FOREIGN KEY (master_id) REFERENCES media.masters(id) ON DELETE CASCADE;
ALTER TABLE media.master_anchors ADD CONSTRAINT master_anchors_pkey PRIMARY KEY (id);
ALTER TABLE media.master_anchors ADD CONSTRAINT master_anchors_set_by_fkey FOREIGN KEY (set_by) REFERENCES media.users(id) ON DELETE SET NULL;
ALTER TABLE media.master_anchors ADD CONSTRAINT uq_master_anchor UNIQUE (master_id, period, clock_s);
CREATE TABLE media.master_anchors (
    id bigint DEFAULT nextval('media.master_anchors_id_seq'::regclass) NOT NULL,
    master_id uuid NOT NULL,
    period smallint NOT NULL,
    clock_s double precision NOT NULL,
    video_s double precision NOT NULL,
    rate double precision DEFAULT 1 NOT NULL,
    set_by uuid,
    set_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.master_preparations ADD CONSTRAINT ck_preparation_kind CHECK (((kind)::text = ANY ((ARRAY['source'::character varying, 'ladder'::character varying])::text[])));
ALTER TABLE media.master_preparations ADD CONSTRAINT ck_preparation_status CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'running'::character varying, 'ready'::character varying, 'failed'::character varying])::text[])));
ALTER TABLE media.master_preparations ADD CONSTRAINT master_preparations_master_id_fkey FOREIGN KEY (master_id) REFERENCES media.masters(id) ON DELETE CASCADE;
ALTER TABLE media.master_preparations ADD CONSTRAINT master_preparations_pkey PRIMARY KEY (master_id);
CREATE TABLE media.master_preparations (
    master_id uuid NOT NULL,
    status character varying(20) DEFAULT 'pending'::character varying NOT NULL,
    kind character varying(10),
    playable_to_s double precision DEFAULT 0 NOT NULL,
    error_message text,
    claim_token uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE media.masters ADD CONSTRAINT ck_master_size CHECK ((size_bytes > 0));
ALTER TABLE media.masters ADD CONSTRAINT ck_master_status CHECK (((status)::text = ANY ((ARRAY['uploading'::character varying, 'ready'::character varying, 'failed'::character varying])::text[])));
ALTER TABLE media.masters ADD CONSTRAINT masters_created_by_fkey FOREIGN KEY (created_by) REFERENCES media.users(id) ON DELETE SET NULL;
ALTER TABLE media.masters ADD CONSTRAINT masters_lake_uri_key UNIQUE (lake_uri);
ALTER TABLE media.masters ADD CONSTRAINT masters_pkey PRIMARY KEY (id);
CREATE TABLE media.masters (
    id uuid NOT NULL,
    lake_uri character varying(512) NOT NULL,
    status character varying(20) DEFAULT 'uploading'::character varying NOT NULL,
    team_code character varying(10) NOT NULL,
    season character varying(10) NOT NULL,
    game_id character varying(20) NOT NULL,
    period integer,
    filename character varying(200) NOT NULL,
    content_type character varying(100) NOT NULL,
    size_bytes bigint NOT NULL,
    crc32c character varying(8),
    generation character varying(20),
    duration_s double precision,
    width integer,
    height integer,
    frame_rate double precision,
    video_codec character varying(50),
    audio_codec character varying(50),
    error_message text,
    upload_url text,
    upload_expires_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    audio_note character varying(30),
    cut_off_at_s double precision,
    gaps jsonb DEFAULT '[]'::jsonb NOT NULL,
    damage jsonb DEFAULT '[]'::jsonb NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by uuid
);
ALTER TABLE media.notes ADD CONSTRAINT ck_note_place CHECK ((num_nonnulls(clip_id, master_id) = 1));
ALTER TABLE media.notes ADD CONSTRAINT ck_note_time CHECK (((at_s >= (0)::double precision) AND (hold_s >= (0)::double precision)));
ALTER TABLE media.notes ADD CONSTRAINT ck_note_visible_to CHECK (((visible_to)::text = ANY ((ARRAY['staff'::character varying, 'audience'::character varying])::text[])));
ALTER TABLE media.notes ADD CONSTRAINT notes_author_id_fkey FOREIGN KEY (author_id) REFERENCES media.users(id) ON DELETE CASCADE;
ALTER TABLE media.notes ADD CONSTRAINT notes_master_id_fkey FOREIGN KEY (master_id) REFERENCES media.masters(id) ON DELETE CASCADE;
ALTER TABLE media.notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id);
ALTER TABLE media.notes ADD CONSTRAINT notes_reply_to_fkey FOREIGN KEY (reply_to) REFERENCES media.notes(id) ON DELETE CASCADE;
CREATE TABLE media.notes (
    id uuid NOT NULL,
    clip_id integer,
    master_id uuid,
    at_s double precision NOT NULL,
    hold_s double precision NOT NULL,
    text character varying(2000) DEFAULT ''::character varying NOT NULL,
    drawing jsonb,
    author_id uuid NOT NULL,
    visible_to character varying(10) NOT NULL,
    reply_to uuid,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.play_counts ADD CONSTRAINT count_once TRIGGER DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE media.play_counts ADD CONSTRAINT play_counts_pkey PRIMARY KEY (team_code, season, game_id, field, value);
ALTER TABLE media.play_counts ADD CONSTRAINT play_counts_team_code_season_game_id_fkey FOREIGN KEY (team_code, season, game_id) REFERENCES media.games(team_code, season, game_id) ON DELETE CASCADE;
CREATE TABLE media.play_counts (
    team_code character varying(10) NOT NULL,
    season character varying(10) NOT NULL,
    game_id character varying(20) NOT NULL,
    field character varying(20) NOT NULL,
    value character varying(255) NOT NULL,
    label character varying(255),
    plays integer NOT NULL
);
ALTER TABLE media.play_files ADD CONSTRAINT ck_play_file_format CHECK (((format)::text = ANY ((ARRAY['playsequence'::character varying, 'sportscode'::character varying, 'nhl'::character varying])::text[])));
ALTER TABLE media.play_files ADD CONSTRAINT play_files_imported_by_fkey FOREIGN KEY (imported_by) REFERENCES media.users(id) ON DELETE SET NULL;
ALTER TABLE media.play_files ADD CONSTRAINT play_files_pkey PRIMARY KEY (id);
ALTER TABLE media.play_files ADD CONSTRAINT play_files_team_code_season_game_id_fkey FOREIGN KEY (team_code, season, game_id) REFERENCES media.games(team_code, season, game_id) ON DELETE CASCADE;
ALTER TABLE media.play_files ADD CONSTRAINT uq_play_file UNIQUE (team_code, season, game_id, sha256);
CREATE TABLE media.play_files (
    id bigint DEFAULT nextval('media.play_files_id_seq'::regclass) NOT NULL,
    team_code character varying(10) NOT NULL,
    season character varying(10) NOT NULL,
    game_id character varying(20) NOT NULL,
    format character varying(20) NOT NULL,
    sha256 character(64) NOT NULL,
    size_bytes integer NOT NULL,
    lake_uri character varying(512) NOT NULL,
    reference character varying(20),
    imported_by uuid,
    imported_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.plays ADD CONSTRAINT ck_play_kind CHECK (((kind)::text = ANY ((ARRAY['event'::character varying, 'shift'::character varying])::text[])));
ALTER TABLE media.plays ADD CONSTRAINT plays_pkey PRIMARY KEY (id);
ALTER TABLE media.plays ADD CONSTRAINT plays_team_code_season_game_id_fkey FOREIGN KEY (team_code, season, game_id) REFERENCES media.games(team_code, season, game_id) ON DELETE CASCADE;
ALTER TABLE media.plays ADD CONSTRAINT uq_play_source UNIQUE (team_code, season, game_id, source, source_id);
CREATE TABLE media.plays (
    id bigint DEFAULT nextval('media.plays_id_seq'::regclass) NOT NULL,
    team_code character varying(10) NOT NULL,
    season character varying(10) NOT NULL,
    game_id character varying(20) NOT NULL,
    source character varying(20) NOT NULL,
    source_id character varying(200) NOT NULL,
    part character varying(100) NOT NULL,
    kind character varying(10) DEFAULT 'event'::character varying NOT NULL,
    period smallint,
    clock_s double precision,
    end_clock_s double precision,
    video_s double precision,
    end_video_s double precision,
    name character varying(100) NOT NULL,
    shorthand character varying(100),
    type character varying(50),
    outcome character varying(50),
    zone character varying(50),
    strength character varying(20),
    acting_team character varying(50),
    player_id character varying(20),
    player_name character varying(255),
    named_ids text[] DEFAULT '{}'::text[] NOT NULL,
    on_ice text[] DEFAULT '{}'::text[] NOT NULL,
    against text[] DEFAULT '{}'::text[] NOT NULL,
    x_ft double precision,
    y_ft double precision,
    labels jsonb DEFAULT '[]'::jsonb NOT NULL,
    free_text text,
    seen_by text[] GENERATED ALWAYS AS array_remove(array_append(((on_ice || against) || named_ids), (player_id)::text), NULL::text),
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    place double precision GENERATED ALWAYS AS (((COALESCE((period)::integer, 0))::double precision * (100000)::double precision) + COALESCE(clock_s, video_s, (0)::double precision))
);
ALTER TABLE media.preparation_chunks ADD CONSTRAINT preparation_chunks_master_id_fkey FOREIGN KEY (master_id) REFERENCES media.master_preparations(master_id) ON DELETE CASCADE;
ALTER TABLE media.preparation_chunks ADD CONSTRAINT preparation_chunks_pkey PRIMARY KEY (master_id, number);
CREATE TABLE media.preparation_chunks (
    master_id uuid NOT NULL,
    number integer NOT NULL,
    start_s double precision NOT NULL,
    end_s double precision NOT NULL,
    is_done boolean DEFAULT false NOT NULL,
    claim_token uuid
);
ALTER TABLE media.prepared_renditions ADD CONSTRAINT prepared_renditions_master_id_fkey FOREIGN KEY (master_id) REFERENCES media.master_preparations(master_id) ON DELETE CASCADE;
ALTER TABLE media.prepared_renditions ADD CONSTRAINT prepared_renditions_pkey PRIMARY KEY (id);
ALTER TABLE media.prepared_renditions ADD CONSTRAINT uq_prepared_rendition UNIQUE (master_id, name);
CREATE TABLE media.prepared_renditions (
    id integer DEFAULT nextval('media.prepared_renditions_id_seq'::regclass) NOT NULL,
    master_id uuid NOT NULL,
    name character varying(10) NOT NULL,
    codecs character varying(100) NOT NULL,
    width integer,
    height integer,
    frame_rate double precision,
    bandwidth_bps integer DEFAULT 0 NOT NULL,
    average_bandwidth_bps integer DEFAULT 0 NOT NULL,
    init_generation character varying(20) NOT NULL,
    init_size_bytes integer NOT NULL,
    init_crc32c character varying(8) NOT NULL,
    to_s double precision DEFAULT 0 NOT NULL,
    complete boolean DEFAULT false NOT NULL
);
ALTER TABLE media.prepared_segments ADD CONSTRAINT prepared_segments_pkey PRIMARY KEY (rendition_id, number);
ALTER TABLE media.prepared_segments ADD CONSTRAINT prepared_segments_rendition_id_fkey FOREIGN KEY (rendition_id) REFERENCES media.prepared_renditions(id) ON DELETE CASCADE;
CREATE TABLE media.prepared_segments (
    rendition_id integer NOT NULL,
    number integer NOT NULL,
    start_s double precision NOT NULL,
    duration_s double precision NOT NULL,
    first_s double precision NOT NULL,
    size_bytes integer NOT NULL,
    generation character varying(20) NOT NULL,
    crc32c character varying(8) NOT NULL,
    decoded_s double precision NOT NULL
);
ALTER TABLE media.prepared_sheets ADD CONSTRAINT prepared_sheets_master_id_fkey FOREIGN KEY (master_id) REFERENCES media.master_preparations(master_id) ON DELETE CASCADE;
ALTER TABLE media.prepared_sheets ADD CONSTRAINT prepared_sheets_pkey PRIMARY KEY (master_id, number);
CREATE TABLE media.prepared_sheets (
    master_id uuid NOT NULL,
    number integer NOT NULL,
    start_s double precision NOT NULL,
    end_s double precision NOT NULL,
    interval_s double precision NOT NULL,
    columns integer NOT NULL,
    cell_width integer NOT NULL,
    cell_height integer NOT NULL,
    size_bytes integer NOT NULL,
    generation character varying(20) NOT NULL,
    crc32c character varying(8) NOT NULL
);
ALTER TABLE media.reel_export_leftovers ADD CONSTRAINT reel_export_leftovers_pkey PRIMARY KEY (gcs_uri);
CREATE TABLE media.reel_export_leftovers (
    gcs_uri character varying(512) NOT NULL,
    gone_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.reel_exports ADD CONSTRAINT ck_reel_export_status CHECK (((status)::text = ANY ((ARRAY['pending'::character varying, 'processing'::character varying, 'ready'::character varying, 'failed'::character varying])::text[])));
ALTER TABLE media.reel_exports ADD CONSTRAINT reel_exports_pkey PRIMARY KEY (id);
ALTER TABLE media.reel_exports ADD CONSTRAINT reel_exports_reel_id_fkey FOREIGN KEY (reel_id) REFERENCES media.reels(id) ON DELETE CASCADE;
ALTER TABLE media.reel_exports ADD CONSTRAINT reel_exports_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES media.users(id) ON DELETE CASCADE;
CREATE TABLE media.reel_exports (
    id uuid NOT NULL,
    reel_id uuid NOT NULL,
    reel_version integer NOT NULL,
    requested_by uuid NOT NULL,
    title_cards boolean NOT NULL,
    notes boolean NOT NULL,
    names boolean NOT NULL,
    status character varying(10) DEFAULT 'pending'::character varying NOT NULL,
    progress smallint DEFAULT 0 NOT NULL,
    claim_token uuid,
    error_message text,
    skipped jsonb DEFAULT '[]'::jsonb NOT NULL,
    gcs_uri character varying(512) NOT NULL,
    generation character varying(64),
    size_bytes bigint,
    duration_s double precision,
    width integer,
    height integer,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    finished_at timestamp with time zone
);
ALTER TABLE media.reel_items ADD CONSTRAINT ck_reel_item CHECK (((COALESCE(in_s, (0)::double precision) >= (0)::double precision) AND ((out_s IS NULL) OR (out_s > COALESCE(in_s, (0)::double precision)))));
ALTER TABLE media.reel_items ADD CONSTRAINT reel_items_pkey PRIMARY KEY (id);
ALTER TABLE media.reel_items ADD CONSTRAINT reel_items_reel_id_fkey FOREIGN KEY (reel_id) REFERENCES media.reels(id) ON DELETE CASCADE;
CREATE TABLE media.reel_items (
    id uuid NOT NULL,
    reel_id uuid NOT NULL,
    "position" integer NOT NULL,
    clip_id integer NOT NULL,
    in_s double precision,
    out_s double precision,
    note character varying(2000)
);
ALTER TABLE media.reel_links ADD CONSTRAINT reel_links_created_by_fkey FOREIGN KEY (created_by) REFERENCES media.users(id) ON DELETE CASCADE;
ALTER TABLE media.reel_links ADD CONSTRAINT reel_links_pkey PRIMARY KEY (id);
ALTER TABLE media.reel_links ADD CONSTRAINT reel_links_reel_id_fkey FOREIGN KEY (reel_id) REFERENCES media.reels(id) ON DELETE CASCADE;
CREATE TABLE media.reel_links (
    id uuid NOT NULL,
    reel_id uuid NOT NULL,
    team_code character varying(10) NOT NULL,
    secret_hash character(64) NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    password_hash character varying(255),
    may_download boolean NOT NULL,
    has_names boolean NOT NULL,
    revoked_at timestamp with time zone,
    view_count integer DEFAULT 0 NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE media.reel_opens ADD CONSTRAINT reel_opens_pkey PRIMARY KEY (reel_id, user_id);
ALTER TABLE media.reel_opens ADD CONSTRAINT reel_opens_reel_id_fkey FOREIGN KEY (reel_id) REFERENCES media.reels(id) ON DELETE CASCADE;
ALTER TABLE media.reel_opens ADD CONSTRAINT reel_opens_user_id_fkey FOREIGN KEY (user_id) REFERENCES media.users(id) ON DELETE CASCADE;
CREATE TABLE media.reel_opens (
    reel_id uuid NOT NULL,
    user_id uuid NOT NULL,
    opened_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.reel_players ADD CONSTRAINT reel_players_pkey PRIMARY KEY (reel_id, player_id);
ALTER TABLE media.reel_players ADD CONSTRAINT reel_players_reel_id_fkey FOREIGN KEY (reel_id) REFERENCES media.reels(id) ON DELETE CASCADE;
CREATE TABLE media.reel_players (
    reel_id uuid NOT NULL,
    player_id character varying(20) NOT NULL
);
ALTER TABLE media.reel_tellings ADD CONSTRAINT reel_tellings_pkey PRIMARY KEY (reel_id);
CREATE TABLE media.reel_tellings (
    reel_id uuid NOT NULL,
    shown jsonb NOT NULL
);
ALTER TABLE media.reels ADD CONSTRAINT ck_reel_audience CHECK (((audience)::text = ANY ((ARRAY['private'::character varying, 'staff'::character varying, 'team'::character varying, 'players'::character varying])::text[])));
ALTER TABLE media.reels ADD CONSTRAINT record_event TRIGGER DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE media.reels ADD CONSTRAINT reels_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES media.users(id) ON DELETE CASCADE;
ALTER TABLE media.reels ADD CONSTRAINT reels_pkey PRIMARY KEY (id);
CREATE TABLE media.reels (
    id uuid NOT NULL,
    team_code character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    description character varying(2000),
    owner_id uuid NOT NULL,
    audience character varying(10) DEFAULT 'private'::character varying NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.search_names ADD CONSTRAINT search_names_pkey PRIMARY KEY (field, key);
CREATE TABLE media.search_names (
    field character varying(20) NOT NULL,
    key character varying(50) NOT NULL,
    names text NOT NULL
);
ALTER TABLE media.search_words ADD CONSTRAINT search_words_pkey PRIMARY KEY (id);
CREATE TABLE media.search_words (
    id bigint DEFAULT nextval('media.search_words_id_seq'::regclass) NOT NULL,
    team_code character varying(10) NOT NULL,
    field character varying(20) NOT NULL,
    value character varying(100) NOT NULL,
    player_name character varying(255),
    word text NOT NULL,
    token text,
    keys text[] NOT NULL
);
ALTER TABLE media.sign_in_attempts ADD CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (key);
CREATE TABLE media.sign_in_attempts (
    key character varying(255) NOT NULL,
    points integer DEFAULT 0 NOT NULL,
    expire bigint
);
ALTER TABLE media.tag_texts ADD CONSTRAINT tag_texts_pkey PRIMARY KEY (id);
CREATE TABLE media.tag_texts (
    id bigint DEFAULT nextval('media.tag_texts_id_seq'::regclass) NOT NULL,
    team_code character varying(10) NOT NULL,
    tag character varying(100) NOT NULL,
    text text NOT NULL
);
ALTER TABLE media.user_identities ADD CONSTRAINT uq_user_identity UNIQUE (user_id, provider);
ALTER TABLE media.user_identities ADD CONSTRAINT user_identities_pkey PRIMARY KEY (provider, subject);
ALTER TABLE media.user_identities ADD CONSTRAINT user_identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES media.users(id) ON DELETE CASCADE;
CREATE TABLE media.user_identities (
    provider character varying(255) NOT NULL,
    subject character varying(255) NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    last_sign_in_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.user_links ADD CONSTRAINT ck_user_link_purpose CHECK (((purpose)::text = ANY ((ARRAY['invite'::character varying, 'reset'::character varying])::text[])));
ALTER TABLE media.user_links ADD CONSTRAINT user_links_created_by_fkey FOREIGN KEY (created_by) REFERENCES media.users(id) ON DELETE SET NULL;
ALTER TABLE media.user_links ADD CONSTRAINT user_links_pkey PRIMARY KEY (token_hash);
ALTER TABLE media.user_links ADD CONSTRAINT user_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES media.users(id) ON DELETE CASCADE;
CREATE TABLE media.user_links (
    token_hash character(64) NOT NULL,
    user_id uuid NOT NULL,
    purpose character varying(10) NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
ALTER TABLE media.users ADD CONSTRAINT ck_user_email CHECK (((email)::text = lower((email)::text)));
ALTER TABLE media.users ADD CONSTRAINT ck_user_player CHECK ((((role)::text <> 'player'::text) OR (player_id IS NOT NULL)));
ALTER TABLE media.users ADD CONSTRAINT ck_user_role CHECK (((role)::text = ANY ((ARRAY['admin'::character varying, 'staff'::character varying, 'coach'::character varying, 'analyst'::character varying, 'scout'::character varying, 'player'::character varying])::text[])));
ALTER TABLE media.users ADD CONSTRAINT users_email_key UNIQUE (email);
ALTER TABLE media.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE TABLE media.users (
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(255) NOT NULL,
    password_hash character varying(255),
    role character varying(20) NOT NULL,
    team_access character varying(10)[] DEFAULT '{}'::character varying[] NOT NULL,
    player_id character varying(20),
    preferences jsonb DEFAULT '{}'::jsonb NOT NULL,
    session_version integer DEFAULT 1 NOT NULL,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.view_minutes ADD CONSTRAINT view_minutes_pkey PRIMARY KEY (viewer, minute);
CREATE TABLE media.view_minutes (
    viewer uuid NOT NULL,
    minute timestamp with time zone NOT NULL,
    played_s double precision NOT NULL
);
ALTER TABLE media.view_sessions ADD CONSTRAINT view_sessions_pkey PRIMARY KEY (viewer, session);
CREATE TABLE media.view_sessions (
    viewer uuid NOT NULL,
    session uuid NOT NULL,
    last_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
ALTER TABLE media.view_sums ADD CONSTRAINT view_sums_pkey PRIMARY KEY (clip_id, reel_id);
CREATE TABLE media.view_sums (
    clip_id integer NOT NULL,
    reel_id uuid NOT NULL,
    team_code character varying(10) NOT NULL,
    seconds double precision NOT NULL,
    views integer NOT NULL
);
ALTER TABLE media.views ADD CONSTRAINT ck_view_part CHECK (((from_s >= (0)::double precision) AND (to_s > from_s) AND (to_s < (1000)::double precision)));
ALTER TABLE media.views ADD CONSTRAINT ck_view_viewer CHECK (((user_id IS NULL) <> (link_id IS NULL)));
ALTER TABLE media.views ADD CONSTRAINT views_pkey PRIMARY KEY (id);
ALTER TABLE media.views ADD CONSTRAINT views_user_id_fkey FOREIGN KEY (user_id) REFERENCES media.users(id) ON DELETE CASCADE;
CREATE TABLE media.views (
    id bigint DEFAULT nextval('media.views_id_seq'::regclass) NOT NULL,
    clip_id integer NOT NULL,
    reel_id uuid,
    team_code character varying(10) NOT NULL,
    user_id uuid,
    link_id uuid,
    from_s double precision NOT NULL,
    to_s double precision NOT NULL,
    ended_at timestamp with time zone NOT NULL
);
ALTER TABLE media.webhook_deliveries ADD CONSTRAINT ck_delivery_state CHECK (((state)::text = ANY ((ARRAY['pending'::character varying, 'delivered'::character varying, 'failed'::character varying, 'dropped'::character varying])::text[])));
ALTER TABLE media.webhook_deliveries ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id);
ALTER TABLE media.webhook_deliveries ADD CONSTRAINT webhook_deliveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES media.webhooks(id) ON DELETE CASCADE;
CREATE TABLE media.webhook_deliveries (
    id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    type character varying(30) NOT NULL,
    clip_id character varying(64),
    master_id uuid,
    team_code character varying(10),
    player_id character varying(20),
    data jsonb NOT NULL,
    state character varying(20) DEFAULT 'pending'::character varying NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone,
    response_status integer,
    error character varying(300),
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    ended_at timestamp with time zone
);
ALTER TABLE media.webhooks ADD CONSTRAINT ck_webhook_reason CHECK (((disabled_reason IS NULL) OR (NOT enabled)));
ALTER TABLE media.webhooks ADD CONSTRAINT webhooks_api_key_id_fkey FOREIGN KEY (api_key_id) REFERENCES media.api_keys(id) ON DELETE CASCADE;
ALTER TABLE media.webhooks ADD CONSTRAINT webhooks_pkey PRIMARY KEY (id);
CREATE TABLE media.webhooks (
    id uuid NOT NULL,
    api_key_id uuid NOT NULL,
    url character varying(2000) NOT NULL,
    secret character varying(200) NOT NULL,
    event_types character varying(30)[] NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    failing_since timestamp with time zone,
    disabled_reason character varying(20),
    created_at timestamp with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);

-- Indexes

CREATE INDEX ix_api_keys_user_id ON media.api_keys USING btree (user_id);
CREATE INDEX ix_api_rate_limits_expire ON media.api_rate_limits USING btree (expire);
CREATE INDEX ix_audit_action ON media.audit_log USING btree (action, id DESC);
CREATE INDEX ix_audit_actor ON media.audit_log USING btree (actor_user_id, id DESC);
CREATE INDEX ix_audit_at ON media.audit_log USING brin (at);
CREATE INDEX ix_audit_target ON media.audit_log USING btree (target_type, target_id, id DESC);
CREATE UNIQUE INDEX uq_audit_once ON media.audit_log USING btree (once_key);
CREATE INDEX ix_clip_assets_clip_id ON media.clip_assets USING btree (clip_id);
CREATE INDEX ix_clip_assets_gcs_uri ON media.clip_assets USING btree (gcs_uri COLLATE "C", id);
CREATE INDEX ix_clip_assets_type ON media.clip_assets USING btree (asset_type);
CREATE INDEX ix_clip_counts_settled ON media.clip_counts USING btree (settled);
CREATE INDEX ix_clip_counts_value ON media.clip_counts USING btree (field, team_code, value);
CREATE INDEX ix_clip_tags_clip_id ON media.clip_tags USING btree (clip_id);
CREATE INDEX ix_clip_tags_tag ON media.clip_tags USING btree (tag);
CREATE INDEX ix_clip_tags_team_tag ON media.clip_tags USING btree (team_code, tag COLLATE "C") INCLUDE (clip_id);
CREATE INDEX ix_clip_tags_type ON media.clip_tags USING btree (tag_type);
ALTER INDEX media.ix_clips_search ALTER COLUMN 2 SET STATISTICS 0;
CREATE INDEX ix_clips_composite ON media.clips USING btree (player_id, created_at DESC);
CREATE INDEX ix_clips_created_at ON media.clips USING btree (created_at DESC);
CREATE INDEX ix_clips_created_at_id ON media.clips USING btree (created_at DESC, id DESC);
CREATE INDEX ix_clips_deleted_at ON media.clips USING btree (deleted_at);
CREATE INDEX ix_clips_event_type ON media.clips USING btree (event_type);
CREATE INDEX ix_clips_game_date_id ON media.clips USING btree (COALESCE(game_date, '-infinity'::date) DESC, id DESC);
CREATE INDEX ix_clips_game_id ON media.clips USING btree (game_id);
CREATE INDEX ix_clips_game_place ON media.clips USING btree (media.game_place(game_date, (game_id)::text, period, start_timecode_s) COLLATE "C", id);
CREATE INDEX ix_clips_library ON media.clips USING btree (team_code, player_id, deleted_at);
CREATE INDEX ix_clips_library_event ON media.clips USING btree (event_type, team_code, player_id, deleted_at);
CREATE INDEX ix_clips_library_game ON media.clips USING btree (game_id, team_code, player_id, deleted_at);
CREATE INDEX ix_clips_library_player ON media.clips USING btree (player_id, team_code, deleted_at);
CREATE INDEX ix_clips_library_season ON media.clips USING btree (season, team_code, player_id, deleted_at);
CREATE INDEX ix_clips_library_status ON media.clips USING btree (processing_status, team_code, player_id, deleted_at);
CREATE INDEX ix_clips_player_id ON media.clips USING btree (player_id);
CREATE INDEX ix_clips_search ON media.clips USING gin ((ARRAY[(team_code)::text]), ((search_text || ''::text)) media.gin_trgm_ops);
CREATE INDEX ix_clips_source ON media.clips USING btree (source_gcs_uri);
CREATE INDEX ix_clips_status ON media.clips USING btree (processing_status);
CREATE INDEX ix_clips_team_code ON media.clips USING btree (team_code);
CREATE INDEX ix_clips_team_created_at ON media.clips USING btree (team_code, created_at DESC, id DESC);
CREATE INDEX ix_clips_team_event ON media.clips USING btree (team_code, event_type COLLATE "C", player_id, deleted_at);
CREATE INDEX ix_clips_team_game ON media.clips USING btree (team_code, game_id COLLATE "C", player_id, deleted_at);
CREATE INDEX ix_clips_team_game_place ON media.clips USING btree (team_code, media.game_place(game_date, (game_id)::text, period, start_timecode_s) COLLATE "C", id);
CREATE INDEX ix_clips_team_player ON media.clips USING btree (team_code, player_id COLLATE "C", deleted_at);
CREATE INDEX ix_clips_team_season ON media.clips USING btree (team_code, season COLLATE "C", player_id, deleted_at);
CREATE INDEX ix_clubs_crest ON media.clubs USING btree (crest_name);
CREATE INDEX ix_code_windows_owner ON media.code_windows USING btree (owner_id);
CREATE INDEX ix_code_windows_team ON media.code_windows USING btree (team_code, name, id);
CREATE INDEX ix_ended_sessions_expires_at ON media.ended_sessions USING btree (expires_at);
CREATE INDEX ix_ended_sessions_user_id ON media.ended_sessions USING btree (user_id);
CREATE INDEX ix_events_created_at ON media.events USING btree (created_at);
CREATE INDEX ix_events_order ON media.events USING btree (xact, id);
CREATE INDEX ix_games_day ON media.games USING btree (day, team_code, season, game_id);
CREATE INDEX ix_idempotency_keys_created_at ON media.idempotency_keys USING btree (created_at);
CREATE INDEX ix_library_audits_started_at ON media.library_audits USING btree (started_at DESC);
CREATE INDEX ix_master_anchors_set_by ON media.master_anchors USING btree (set_by);
CREATE INDEX ix_masters_created_at ON media.masters USING btree (created_at DESC, id DESC);
CREATE INDEX ix_masters_game ON media.masters USING btree (team_code, season, game_id);
CREATE INDEX ix_notes_author ON media.notes USING btree (author_id);
CREATE INDEX ix_notes_clip ON media.notes USING btree (clip_id, at_s);
CREATE INDEX ix_notes_master ON media.notes USING btree (master_id, at_s);
CREATE INDEX ix_notes_reply_to ON media.notes USING btree (reply_to);
CREATE INDEX ix_play_files_imported_by ON media.play_files USING btree (imported_by);
CREATE INDEX ix_plays_game ON media.plays USING btree (team_code, season, game_id, place, id) INCLUDE (source, kind, period, name, shorthand, outcome, zone, strength, acting_team, player_id, x_ft, y_ft);
CREATE INDEX ix_plays_name ON media.plays USING btree (team_code, name, season, game_id, place, id);
CREATE INDEX ix_plays_player ON media.plays USING btree (team_code, player_id, season, game_id, place, id);
CREATE INDEX ix_plays_rink ON media.plays USING btree (team_code, season, x_ft, y_ft);
CREATE INDEX ix_plays_seen_by ON media.plays USING gin (seen_by);
CREATE INDEX ix_plays_shifts ON media.plays USING btree (team_code, season, game_id) INCLUDE (source, period, acting_team, player_id, clock_s, end_clock_s) WHERE ((kind)::text = 'shift'::text);
CREATE INDEX ix_plays_shorthand ON media.plays USING btree (team_code, shorthand, season, game_id, place, id) INCLUDE (zone);
CREATE INDEX ix_plays_stats ON media.plays USING btree (team_code, season, name, game_id) INCLUDE (id, source, kind, period, shorthand, outcome, zone, strength, acting_team, player_id, x_ft, y_ft) WHERE (((name)::text = ANY ((ARRAY['shot'::character varying, 'goal'::character varying, 'shot-on-goal'::character varying, 'missed-shot'::character varying, 'blocked-shot'::character varying, 'dumpin'::character varying, 'controlledbreakout'::character varying, 'dumpout'::character varying, 'controlledentryagainst'::character varying, 'dumpinagainst'::character varying, 'faceoff'::character varying])::text[])) OR ((shorthand)::text ~~* 'CONTROLLED ENTRY INTO OZ%'::text) OR ((shorthand)::text ~~* 'CONTROLLED EXIT FROM DZ%'::text));
CREATE INDEX ix_prepared_segments_start ON media.prepared_segments USING btree (rendition_id, start_s);
CREATE INDEX ix_reel_exports_created_at ON media.reel_exports USING btree (created_at);
CREATE INDEX ix_reel_exports_reel ON media.reel_exports USING btree (reel_id, created_at);
CREATE INDEX ix_reel_exports_requested_by ON media.reel_exports USING btree (requested_by);
CREATE INDEX ix_reel_items_clip ON media.reel_items USING btree (clip_id);
CREATE INDEX ix_reel_items_reel ON media.reel_items USING btree (reel_id, "position");
CREATE INDEX ix_reel_links_created_by ON media.reel_links USING btree (created_by);
CREATE INDEX ix_reel_links_reel ON media.reel_links USING btree (reel_id, created_at);
CREATE UNIQUE INDEX uq_reel_links_secret ON media.reel_links USING btree (secret_hash);
CREATE INDEX ix_reel_opens_user ON media.reel_opens USING btree (user_id);
CREATE INDEX ix_reel_players_player ON media.reel_players USING btree (player_id);
CREATE INDEX ix_reels_created_at ON media.reels USING btree (created_at, id);
CREATE INDEX ix_reels_owner_id ON media.reels USING btree (owner_id);
CREATE INDEX ix_reels_team ON media.reels USING btree (team_code, created_at, id);
ALTER INDEX media.ix_search_words ALTER COLUMN 1 SET STATISTICS 0;
CREATE INDEX ix_search_words ON media.search_words USING gin ((ARRAY[(team_code)::text]), keys, word media.gin_trgm_ops) WITH (fastupdate=off);
CREATE INDEX ix_search_words_value ON media.search_words USING btree (field, team_code, value);
CREATE INDEX ix_sign_in_attempts_expire ON media.sign_in_attempts USING btree (expire);
ALTER INDEX media.ix_tag_texts ALTER COLUMN 1 SET STATISTICS 0;
CREATE INDEX ix_tag_texts ON media.tag_texts USING gin ((ARRAY[(team_code)::text]), text media.gin_trgm_ops) WITH (fastupdate=off);
CREATE INDEX ix_tag_texts_tag ON media.tag_texts USING btree (team_code, tag);
CREATE INDEX ix_user_links_user ON media.user_links USING btree (user_id);
CREATE INDEX ix_view_minutes_minute ON media.view_minutes USING btree (minute);
CREATE INDEX ix_view_sessions_seen_at ON media.view_sessions USING btree (seen_at);
CREATE INDEX ix_views_clip ON media.views USING btree (clip_id);
CREATE INDEX ix_views_ended_at ON media.views USING btree (ended_at);
CREATE INDEX ix_views_reel ON media.views USING btree (reel_id);
CREATE INDEX ix_views_user ON media.views USING btree (user_id, ended_at);
CREATE INDEX ix_webhook_deliveries_created_at ON media.webhook_deliveries USING btree (created_at);
CREATE INDEX ix_webhook_deliveries_due ON media.webhook_deliveries USING btree (state, next_attempt_at);
CREATE INDEX ix_webhook_deliveries_webhook ON media.webhook_deliveries USING btree (webhook_id, created_at DESC, id DESC);
CREATE INDEX ix_webhooks_api_key_id ON media.webhooks USING btree (api_key_id);

-- Triggers

CREATE TRIGGER audit_log_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON media.audit_log FOR EACH STATEMENT EXECUTE FUNCTION media.refuse_audit_change();
CREATE TRIGGER words_come AFTER INSERT ON media.clip_counts REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION media.add_search_words();
CREATE TRIGGER words_gone AFTER DELETE ON media.clip_counts REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION media.forget_search_words();
CREATE TRIGGER file_tag BEFORE INSERT OR UPDATE ON media.clip_tags FOR EACH ROW EXECUTE FUNCTION media.file_tag();
CREATE TRIGGER keep_tags_of_added AFTER INSERT ON media.clip_tags REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.keep_tags();
CREATE TRIGGER keep_tags_of_changed AFTER UPDATE ON media.clip_tags REFERENCING NEW TABLE AS touched FOR EACH STATEMENT WHEN ((COALESCE(current_setting('heartbeat.fills'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION media.keep_tags();
CREATE TRIGGER keep_tags_of_removed AFTER DELETE ON media.clip_tags REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.keep_tags();
CREATE TRIGGER record_event_of_gone AFTER DELETE ON media.clip_tags REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION media.record_tag_event();
CREATE TRIGGER record_event_of_new AFTER INSERT ON media.clip_tags REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION media.record_tag_event();
CREATE TRIGGER tally_changed AFTER UPDATE ON media.clip_tags REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT WHEN ((COALESCE(current_setting('heartbeat.fills'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION media.count_tags();
CREATE TRIGGER tally_come AFTER INSERT ON media.clip_tags REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION media.count_tags();
CREATE TRIGGER tally_emptied AFTER TRUNCATE ON media.clip_tags FOR EACH STATEMENT EXECUTE FUNCTION media.recount_emptied();
CREATE TRIGGER tally_gone AFTER DELETE ON media.clip_tags REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION media.count_tags();
CREATE TRIGGER drop_notes AFTER DELETE ON media.clips REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION media.drop_notes();
CREATE TRIGGER file_tags_again AFTER UPDATE OF team_code ON media.clips FOR EACH ROW WHEN (((old.team_code)::text IS DISTINCT FROM (new.team_code)::text)) EXECUTE FUNCTION media.file_tags_again();
CREATE TRIGGER forget_taggings AFTER DELETE ON media.clips REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION media.forget_taggings();
CREATE TRIGGER keep_clip_search_text BEFORE INSERT OR UPDATE OF player_name, event_type, opponent_code, clip_id, zone, outcome, strength, period ON media.clips FOR EACH ROW EXECUTE FUNCTION media.keep_clip_search_text();
CREATE TRIGGER note_games AFTER INSERT ON media.clips REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION media.note_games_of_clips();
CREATE TRIGGER record_event AFTER INSERT OR DELETE OR UPDATE ON media.clips FOR EACH ROW WHEN ((COALESCE(current_setting('heartbeat.fills'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION media.record_clip_event();
CREATE TRIGGER tally_changed AFTER UPDATE ON media.clips REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT WHEN ((COALESCE(current_setting('heartbeat.fills'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION media.count_clips();
CREATE TRIGGER tally_come AFTER INSERT ON media.clips REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION media.count_clips();
CREATE TRIGGER tally_emptied AFTER TRUNCATE ON media.clips FOR EACH STATEMENT EXECUTE FUNCTION media.recount_emptied();
CREATE TRIGGER tally_gone AFTER DELETE ON media.clips REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION media.count_clips();
CREATE TRIGGER tally_tags BEFORE DELETE ON media.clips FOR EACH ROW EXECUTE FUNCTION media.count_tags_of_deleted();
CREATE TRIGGER update_clips_updated_at BEFORE UPDATE ON media.clips FOR EACH ROW EXECUTE FUNCTION media.update_updated_at_column();
CREATE TRIGGER update_that_fills BEFORE UPDATE ON media.clips FOR EACH ROW WHEN ((current_setting('heartbeat.fills'::text, true) = 'yes'::text)) EXECUTE FUNCTION media.keep_updated_at();
CREATE TRIGGER address AFTER INSERT ON media.events FOR EACH ROW WHEN (((new.type)::text = ANY ((ARRAY['clip.ready'::character varying, 'clip.failed'::character varying, 'master.ready'::character varying])::text[]))) EXECUTE FUNCTION media.address_event();
CREATE TRIGGER tell AFTER INSERT ON media.events FOR EACH STATEMENT EXECUTE FUNCTION media.tell_event();
CREATE TRIGGER tell_changed AFTER UPDATE ON media.master_anchors REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.record_anchors_event();
CREATE TRIGGER tell_come AFTER INSERT ON media.master_anchors REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.record_anchors_event();
CREATE TRIGGER tell_gone AFTER DELETE ON media.master_anchors REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.record_anchors_event();
CREATE TRIGGER record_event AFTER UPDATE ON media.master_preparations FOR EACH ROW WHEN (((((old.status)::text IS DISTINCT FROM (new.status)::text) OR (old.playable_to_s IS DISTINCT FROM new.playable_to_s)) OR (old.error_message IS DISTINCT FROM new.error_message))) EXECUTE FUNCTION media.record_preparation_event();
CREATE TRIGGER tell_playable_clips AFTER UPDATE OF playable_to_s ON media.master_preparations FOR EACH ROW WHEN ((old.playable_to_s < new.playable_to_s)) EXECUTE FUNCTION media.tell_playable_clips();
CREATE TRIGGER update_master_preparations_updated_at BEFORE UPDATE ON media.master_preparations FOR EACH ROW EXECUTE FUNCTION media.update_updated_at_column();
CREATE TRIGGER note_games AFTER INSERT ON media.masters REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION media.note_games_of_masters();
CREATE TRIGGER record_event AFTER INSERT OR UPDATE ON media.masters FOR EACH ROW WHEN (((new.status)::text = ANY ((ARRAY['ready'::character varying, 'failed'::character varying])::text[]))) EXECUTE FUNCTION media.record_master_event();
CREATE TRIGGER update_masters_updated_at BEFORE UPDATE ON media.masters FOR EACH ROW EXECUTE FUNCTION media.update_updated_at_column();
CREATE TRIGGER record_event AFTER INSERT OR DELETE OR UPDATE ON media.notes FOR EACH ROW EXECUTE FUNCTION media.record_note_event();
CREATE CONSTRAINT TRIGGER count_once AFTER INSERT ON media.play_counts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.field)::text = ''::text)) EXECUTE FUNCTION media.count_plays_of_game();
CREATE TRIGGER count_changed AFTER UPDATE ON media.plays REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.count_plays();
CREATE TRIGGER count_come AFTER INSERT ON media.plays REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.count_plays();
CREATE TRIGGER count_gone AFTER DELETE ON media.plays REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.count_plays();
CREATE TRIGGER tell_changed AFTER UPDATE ON media.plays REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.record_plays_event();
CREATE TRIGGER tell_come AFTER INSERT ON media.plays REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.record_plays_event();
CREATE TRIGGER tell_gone AFTER DELETE ON media.plays REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.record_plays_event();
CREATE TRIGGER tell_was AFTER UPDATE ON media.plays REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION media.record_plays_event();
CREATE TRIGGER leave_export_files AFTER DELETE ON media.reel_exports REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION media.leave_export_files();
CREATE TRIGGER record_change AFTER UPDATE ON media.reel_exports FOR EACH ROW WHEN ((((old.status)::text IS DISTINCT FROM (new.status)::text) OR (old.progress IS DISTINCT FROM new.progress))) EXECUTE FUNCTION media.record_export_event();
CREATE TRIGGER record_event AFTER INSERT OR DELETE ON media.reel_exports FOR EACH ROW EXECUTE FUNCTION media.record_export_event();
CREATE CONSTRAINT TRIGGER record_event AFTER INSERT OR DELETE OR UPDATE ON media.reels DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION media.record_reel_event();
CREATE TRIGGER drop_own_code_windows BEFORE DELETE ON media.users FOR EACH ROW EXECUTE FUNCTION media.drop_own_code_windows();
CREATE TRIGGER update_users_updated_at BEFORE UPDATE ON media.users FOR EACH ROW EXECUTE FUNCTION media.update_updated_at_column();

-- Row-level security

ALTER TABLE media.audit_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.audit_log AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (((( SELECT current_setting('heartbeat.people'::text, true) AS current_setting) = 'on'::text) AND ((( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) OR (team_codes && (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array))::character varying[]))));
CREATE POLICY write_down ON media.audit_log AS PERMISSIVE FOR INSERT TO heartbeat_web
    WITH CHECK (true);
ALTER TABLE media.clip_assets ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clip_assets AS PERMISSIVE FOR ALL TO heartbeat_web
    USING (
CASE
    WHEN ((( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) AND (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text)) THEN true
    ELSE (EXISTS ( SELECT
       FROM media.clips c
      WHERE (c.id = clip_assets.clip_id)))
END);
ALTER TABLE media.clip_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clip_counts AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((
CASE
    WHEN (( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text)));
ALTER TABLE media.clip_plays ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clip_plays AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.plays p
  WHERE (p.id = clip_plays.play_id))));
ALTER TABLE media.clip_taggings ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clip_taggings AS PERMISSIVE FOR ALL TO heartbeat_web
    USING (
CASE
    WHEN ((( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) AND (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text)) THEN true
    ELSE (EXISTS ( SELECT
       FROM media.clips c
      WHERE (c.id = clip_taggings.clip_id)))
END);
ALTER TABLE media.clip_tags ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clip_tags AS PERMISSIVE FOR ALL TO heartbeat_web
    USING (
CASE
    WHEN ((( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) AND (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text)) THEN true
    ELSE (EXISTS ( SELECT
       FROM media.clips c
      WHERE (c.id = clip_tags.clip_id)))
END);
ALTER TABLE media.clip_writes ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.clips ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clips AS PERMISSIVE FOR ALL TO heartbeat_web
    USING (
CASE
    WHEN ( SELECT ((current_setting('heartbeat.teams'::text, true) = 'ALL'::text) AND (current_setting('heartbeat.player'::text, true) = '*'::text))) THEN true
    ELSE (
    CASE
        WHEN ( SELECT (current_setting('heartbeat.teams'::text, true) = 'ALL'::text)) THEN true
        ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
    END AND
    CASE
        WHEN ( SELECT (current_setting('heartbeat.player'::text, true) = '*'::text)) THEN true
        ELSE ((player_id)::text = ( SELECT current_setting('heartbeat.player'::text, true) AS current_setting))
    END)
END);
ALTER TABLE media.clock_runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clock_runs AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((
CASE
    WHEN ( SELECT (current_setting('heartbeat.teams'::text, true) = 'ALL'::text)) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text)));
ALTER TABLE media.clubs ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.clubs AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((
CASE
    WHEN ( SELECT (current_setting('heartbeat.teams'::text, true) = 'ALL'::text)) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND (( SELECT current_setting('heartbeat.people'::text, true) AS current_setting) = 'on'::text)));
CREATE POLICY seen ON media.clubs AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (true);
ALTER TABLE media.code_windows ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.code_windows AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((
CASE
    WHEN ( SELECT (current_setting('heartbeat.teams'::text, true) = 'ALL'::text)) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text) AND (is_shared OR ((owner_id)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting)))));
ALTER TABLE media.ended_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY ended ON media.ended_sessions AS PERMISSIVE FOR INSERT TO heartbeat_web
    WITH CHECK (true);
CREATE POLICY told ON media.ended_sessions AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (true);
ALTER TABLE media.events ENABLE ROW LEVEL SECURITY;
CREATE POLICY exports ON media.events AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (((export_id IS NOT NULL) AND ((( SELECT current_setting('heartbeat.user'::text, true) AS current_setting) = 'events'::text) OR (media.news_of_export((type)::text, data) IS NOT NULL))));
CREATE POLICY notes ON media.events AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (((note_id IS NOT NULL) AND ((( SELECT current_setting('heartbeat.user'::text, true) AS current_setting) = 'events'::text) OR (media.news_of_note(data) IS NOT NULL))));
CREATE POLICY reach ON media.events AS PERMISSIVE FOR ALL TO heartbeat_web
    USING (((num_nonnulls(reel_id, note_id, export_id) = 0) AND
CASE
    WHEN (( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND
CASE
    WHEN (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text) THEN true
    ELSE ((player_id)::text = ( SELECT current_setting('heartbeat.player'::text, true) AS current_setting))
END));
CREATE POLICY reels ON media.events AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (((reel_id IS NOT NULL) AND ((( SELECT current_setting('heartbeat.user'::text, true) AS current_setting) = 'events'::text) OR (media.news_of_reel((team_code)::text, data) IS NOT NULL))));
ALTER TABLE media.function_files ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.game_players ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.game_players AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((
CASE
    WHEN ( SELECT (current_setting('heartbeat.teams'::text, true) = 'ALL'::text)) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND
CASE
    WHEN ( SELECT (current_setting('heartbeat.player'::text, true) = '*'::text)) THEN true
    ELSE (EXISTS ( SELECT
       FROM media.plays p
      WHERE (((p.team_code)::text = (game_players.team_code)::text) AND ((p.season)::text = (game_players.season)::text) AND ((p.game_id)::text = (game_players.game_id)::text))))
END));
ALTER TABLE media.games ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.games AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((
CASE
    WHEN ( SELECT (current_setting('heartbeat.teams'::text, true) = 'ALL'::text)) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND
CASE
    WHEN ( SELECT (current_setting('heartbeat.player'::text, true) = '*'::text)) THEN true
    ELSE ((EXISTS ( SELECT
       FROM media.plays p
      WHERE (((p.team_code)::text = (games.team_code)::text) AND ((p.season)::text = (games.season)::text) AND ((p.game_id)::text = (games.game_id)::text)))) OR (EXISTS ( SELECT
       FROM media.clips c
      WHERE (((c.team_code)::text = (games.team_code)::text) AND ((c.season)::text = (games.season)::text) AND ((c.game_id)::text = (games.game_id)::text)))))
END));
ALTER TABLE media.idempotency_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON media.idempotency_keys AS PERMISSIVE FOR ALL TO heartbeat_web
    USING (((user_id)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting)));
ALTER TABLE media.library_audits ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.library_audits AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (((( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) AND (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text)));
ALTER TABLE media.master_anchors ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.master_anchors AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.masters m
  WHERE (m.id = master_anchors.master_id))));
ALTER TABLE media.master_preparations ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.master_preparations AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.masters m
  WHERE (m.id = master_preparations.master_id))));
ALTER TABLE media.masters ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.masters AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((
CASE
    WHEN (( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text)));
ALTER TABLE media.notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON media.notes AS PERMISSIVE FOR UPDATE TO heartbeat_web
    USING (((( SELECT current_setting('heartbeat.reels'::text, true) AS current_setting) = 'on'::text) OR ((author_id)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting))));
CREATE POLICY made ON media.notes AS PERMISSIVE FOR INSERT TO heartbeat_web
    WITH CHECK ((((author_id)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting)) AND ((reply_to IS NULL) OR media.takes_answer(reply_to, clip_id, master_id, (visible_to)::text)) AND ((( SELECT current_setting('heartbeat.reels'::text, true) AS current_setting) = 'on'::text) OR ((reply_to IS NOT NULL) AND ((visible_to)::text = 'audience'::text))) AND
CASE
    WHEN (clip_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM media.clips c
      WHERE ((c.id = notes.clip_id) AND (c.deleted_at IS NULL))))
    ELSE (((( SELECT current_setting('heartbeat.reels'::text, true) AS current_setting) = 'on'::text) AND (EXISTS ( SELECT
       FROM media.masters m
      WHERE ((m.id = notes.master_id) AND (m.deleted_at IS NULL))))) OR media.shows_on_clip(master_id, at_s))
END));
CREATE POLICY removed ON media.notes AS PERMISSIVE FOR DELETE TO heartbeat_web
    USING (((( SELECT current_setting('heartbeat.reels'::text, true) AS current_setting) = 'on'::text) OR ((author_id)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting))));
CREATE POLICY seen ON media.notes AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (((((visible_to)::text = 'audience'::text) OR (( SELECT current_setting('heartbeat.reels'::text, true) AS current_setting) = 'on'::text)) AND
CASE
    WHEN (clip_id IS NOT NULL) THEN (EXISTS ( SELECT
       FROM media.clips c
      WHERE ((c.id = notes.clip_id) AND (c.deleted_at IS NULL))))
    ELSE (((( SELECT current_setting('heartbeat.reels'::text, true) AS current_setting) = 'on'::text) AND (EXISTS ( SELECT
       FROM media.masters m
      WHERE ((m.id = notes.master_id) AND (m.deleted_at IS NULL))))) OR media.shows_on_clip(master_id, at_s))
END));
ALTER TABLE media.play_counts ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.play_counts AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((
CASE
    WHEN ( SELECT (current_setting('heartbeat.teams'::text, true) = 'ALL'::text)) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND ( SELECT (current_setting('heartbeat.player'::text, true) = '*'::text))));
ALTER TABLE media.play_files ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.play_files AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((
CASE
    WHEN ( SELECT (current_setting('heartbeat.teams'::text, true) = 'ALL'::text)) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text)));
ALTER TABLE media.plays ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.plays AS PERMISSIVE FOR ALL TO heartbeat_web
    USING (
CASE
    WHEN ( SELECT ((current_setting('heartbeat.teams'::text, true) = 'ALL'::text) AND (current_setting('heartbeat.player'::text, true) = '*'::text))) THEN true
    ELSE (
    CASE
        WHEN ( SELECT (current_setting('heartbeat.teams'::text, true) = 'ALL'::text)) THEN true
        ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
    END AND
    CASE
        WHEN ( SELECT (current_setting('heartbeat.player'::text, true) = '*'::text)) THEN true
        ELSE (seen_by @> ARRAY[( SELECT current_setting('heartbeat.player'::text, true) AS current_setting)])
    END)
END);
ALTER TABLE media.preparation_chunks ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.prepared_renditions ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.prepared_renditions AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.masters m
  WHERE (m.id = prepared_renditions.master_id))));
ALTER TABLE media.prepared_segments ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.prepared_segments AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.prepared_renditions r
  WHERE (r.id = prepared_segments.rendition_id))));
ALTER TABLE media.prepared_sheets ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.prepared_sheets AS PERMISSIVE FOR ALL TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.masters m
  WHERE (m.id = prepared_sheets.master_id))));
ALTER TABLE media.reel_exports ENABLE ROW LEVEL SECURITY;
CREATE POLICY made ON media.reel_exports AS PERMISSIVE FOR INSERT TO heartbeat_web
    WITH CHECK ((((requested_by)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting)) AND (EXISTS ( SELECT
   FROM media.reels r
  WHERE ((r.id = reel_exports.reel_id) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text))))));
CREATE POLICY seen ON media.reel_exports AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.reels r
  WHERE ((r.id = reel_exports.reel_id) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text)))));
ALTER TABLE media.reel_items ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON media.reel_items AS PERMISSIVE FOR UPDATE TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.reels r
  WHERE ((r.id = reel_items.reel_id) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text)))));
CREATE POLICY made ON media.reel_items AS PERMISSIVE FOR INSERT TO heartbeat_web
    WITH CHECK ((EXISTS ( SELECT
   FROM (media.reels r
     JOIN media.clips c ON (((c.team_code)::text = (r.team_code)::text)))
  WHERE ((r.id = reel_items.reel_id) AND (c.id = reel_items.clip_id) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text)))));
CREATE POLICY removed ON media.reel_items AS PERMISSIVE FOR DELETE TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.reels r
  WHERE ((r.id = reel_items.reel_id) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text)))));
CREATE POLICY seen ON media.reel_items AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.reels r
  WHERE (r.id = reel_items.reel_id))));
ALTER TABLE media.reel_links ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON media.reel_links AS PERMISSIVE FOR UPDATE TO heartbeat_web
    USING ((((( SELECT current_setting('heartbeat.people'::text, true) AS current_setting) = 'on'::text) AND ((( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) OR ((team_code)::text = ANY (string_to_array(( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting), ','::text))))) OR (EXISTS ( SELECT
   FROM media.reels r
  WHERE ((r.id = reel_links.reel_id) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text))))));
CREATE POLICY made ON media.reel_links AS PERMISSIVE FOR INSERT TO heartbeat_web
    WITH CHECK ((((created_by)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting)) AND (EXISTS ( SELECT
   FROM media.reels r
  WHERE ((r.id = reel_links.reel_id) AND ((r.team_code)::text = (reel_links.team_code)::text) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text))))));
CREATE POLICY seen ON media.reel_links AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING ((((( SELECT current_setting('heartbeat.people'::text, true) AS current_setting) = 'on'::text) AND ((( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) OR ((team_code)::text = ANY (string_to_array(( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting), ','::text))))) OR (EXISTS ( SELECT
   FROM media.reels r
  WHERE ((r.id = reel_links.reel_id) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text))))));
ALTER TABLE media.reel_opens ENABLE ROW LEVEL SECURITY;
CREATE POLICY made ON media.reel_opens AS PERMISSIVE FOR INSERT TO heartbeat_web
    WITH CHECK ((((user_id)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting)) AND (EXISTS ( SELECT
   FROM media.reels r
  WHERE (r.id = reel_opens.reel_id)))));
CREATE POLICY seen ON media.reel_opens AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (((user_id)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting)));
ALTER TABLE media.reel_players ENABLE ROW LEVEL SECURITY;
CREATE POLICY made ON media.reel_players AS PERMISSIVE FOR INSERT TO heartbeat_web
    WITH CHECK ((EXISTS ( SELECT
   FROM media.reels r
  WHERE ((r.id = reel_players.reel_id) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text)))));
CREATE POLICY removed ON media.reel_players AS PERMISSIVE FOR DELETE TO heartbeat_web
    USING ((EXISTS ( SELECT
   FROM media.reels r
  WHERE ((r.id = reel_players.reel_id) AND media.changes_reel(r.id, (r.team_code)::text, r.owner_id, (r.audience)::text)))));
CREATE POLICY seen ON media.reel_players AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (((EXISTS ( SELECT
   FROM media.reels r
  WHERE (r.id = reel_players.reel_id))) AND ((( SELECT current_setting('heartbeat.reels'::text, true) AS current_setting) = 'on'::text) OR ((player_id)::text = ( SELECT current_setting('heartbeat.player'::text, true) AS current_setting)))));
ALTER TABLE media.reel_tellings ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.reels ENABLE ROW LEVEL SECURITY;
CREATE POLICY changed ON media.reels AS PERMISSIVE FOR UPDATE TO heartbeat_web
    USING (media.changes_reel(id, (team_code)::text, owner_id, (audience)::text));
CREATE POLICY made ON media.reels AS PERMISSIVE FOR INSERT TO heartbeat_web
    WITH CHECK ((media.changes_reel(id, (team_code)::text, owner_id, (audience)::text) AND ((owner_id)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting))));
CREATE POLICY removed ON media.reels AS PERMISSIVE FOR DELETE TO heartbeat_web
    USING (media.changes_reel(id, (team_code)::text, owner_id, (audience)::text));
CREATE POLICY seen ON media.reels AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (media.sees_reel(id, (team_code)::text, owner_id, (audience)::text));
ALTER TABLE media.search_names ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.search_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.tag_texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.view_minutes ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.view_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE media.view_sums ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.view_sums AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING (((( SELECT current_setting('heartbeat.reels'::text, true) AS current_setting) = 'on'::text) AND ((( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) OR ((team_code)::text = ANY (string_to_array(( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting), ','::text))))));
ALTER TABLE media.views ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON media.views AS PERMISSIVE FOR SELECT TO heartbeat_web
    USING ((((user_id)::text = ( SELECT current_setting('heartbeat.user'::text, true) AS current_setting)) OR ((( SELECT current_setting('heartbeat.reels'::text, true) AS current_setting) = 'on'::text) AND ((( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) OR ((team_code)::text = ANY (string_to_array(( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting), ','::text)))))));
ALTER TABLE media.webhook_deliveries ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON media.webhook_deliveries AS PERMISSIVE FOR ALL TO heartbeat_web
    USING (((team_code IS NULL) OR (
CASE
    WHEN (( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting) = 'ALL'::text) THEN true
    ELSE ((team_code)::text = ANY (( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array)::text[]))
END AND
CASE
    WHEN (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting) = '*'::text) THEN true
    ELSE ((player_id)::text = ( SELECT current_setting('heartbeat.player'::text, true) AS current_setting))
END)));

-- Views

CREATE VIEW media.anchors_in_effect WITH (security_invoker=true) AS
 SELECT m.team_code,
    m.season,
    m.game_id,
    m.id AS master_id,
    m.duration_s,
    a.period,
    a.clock_s,
    a.video_s,
    a.rate,
    true AS is_set
   FROM media.master_anchors a
     JOIN media.masters m ON m.id = a.master_id
  WHERE m.status::text = 'ready'::text AND m.deleted_at IS NULL
UNION ALL
 SELECT m.team_code,
    m.season,
    m.game_id,
    m.id AS master_id,
    m.duration_s,
    m.period::smallint AS period,
    0 AS clock_s,
    0 AS video_s,
    1 AS rate,
    false AS is_set
   FROM media.masters m
  WHERE m.status::text = 'ready'::text AND m.deleted_at IS NULL AND (EXISTS ( SELECT
           FROM media.clock_runs r
          WHERE r.team_code::text = m.team_code::text AND r.season::text = m.season::text AND r.game_id::text = m.game_id::text AND r.period = m.period)) AND NOT (EXISTS ( SELECT
           FROM media.masters o
          WHERE o.team_code::text = m.team_code::text AND o.season::text = m.season::text AND o.game_id::text = m.game_id::text AND o.status::text = 'ready'::text AND o.deleted_at IS NULL AND (o.period = m.period AND ((ROW(o.filename::text, o.id) < ROW(m.filename::text, m.id))) OR (EXISTS ( SELECT
                   FROM media.master_anchors a
                  WHERE a.master_id = o.id AND a.period = m.period)))));
CREATE VIEW media.clips_in_reach AS
 SELECT id,
    clip_id,
    player_id,
    player_name,
    team_code,
    opponent_code,
    game_id,
    game_date,
    season,
    period,
    event_type,
    outcome,
    zone,
    start_timecode_s,
    end_timecode_s,
    duration_s,
    source_gcs_uri,
    processing_status,
    processing_time_s,
    error_message,
    created_at,
    updated_at,
    strength,
    progress,
    claim_token,
    frame_rate,
    idempotency_key,
    request_hash,
    search_text,
    deleted_at,
    deleted_by,
    audio_note,
    play_id
   FROM media.clips c
  WHERE
        CASE
            WHEN (( SELECT current_setting('heartbeat.teams'::text, true) AS current_setting)) = 'ALL'::text THEN true
            ELSE team_code::text = ANY ((( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array))::text[])
        END AND
        CASE
            WHEN (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting)) = '*'::text THEN true
            ELSE player_id::text = (( SELECT current_setting('heartbeat.player'::text, true) AS current_setting))
        END;
CREATE VIEW media.plays_of_teams AS
 SELECT id,
    team_code,
    season,
    game_id,
    source,
    source_id,
    part,
    kind,
    period,
    clock_s,
    end_clock_s,
    video_s,
    end_video_s,
    name,
    shorthand,
    type,
    outcome,
    zone,
    strength,
    acting_team,
    player_id,
    player_name,
    named_ids,
    on_ice,
    against,
    x_ft,
    y_ft,
    labels,
    free_text,
    seen_by,
    created_at,
    updated_at,
    place
   FROM media.plays p
  WHERE ( SELECT current_setting('heartbeat.player'::text, true) = '*'::text) AND
        CASE
            WHEN ( SELECT current_setting('heartbeat.teams'::text, true) = 'ALL'::text) THEN true
            ELSE team_code::text = ANY ((( SELECT string_to_array(current_setting('heartbeat.teams'::text, true), ','::text) AS string_to_array))::text[])
        END;

-- Functions

FUNCTION media.add_search_words() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.add_tag_texts(team text, tags text[]) RETURNS void SET search_path=pg_catalog;
FUNCTION media.address_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.as_it_is(words text) RETURNS text IMMUTABLE PARALLEL SAFE;
FUNCTION media.changes_reel(reel uuid, team text, maker uuid, shown_to text) RETURNS boolean STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.clip_search_text(clip media.clips) RETURNS text STABLE;
FUNCTION media.clip_shown_in(reel uuid, clip integer, makers text[]) RETURNS SETOF media.clips STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.clips_of_reel(reel uuid, makers text[]) RETURNS TABLE(item_id uuid, clip_id text, length_s double precision) STABLE SECURITY DEFINER SET search_path=pg_catalog SET plan_cache_mode=force_generic_plan;
FUNCTION media.clock_of_clip(clip text) RETURNS TABLE(period integer, clock_s double precision, stretches jsonb) STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.count_clips() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.count_clips_of(lake_uri text) RETURNS integer STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.count_plays() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.count_plays_of_game() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.count_tags() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog SET enable_seqscan=off;
FUNCTION media.count_tags_of_deleted() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.count_trashed_clips_of(lake_uri text) RETURNS integer STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.counted_values(clip media.clips) RETURNS TABLE(team_code text, season text, field text, value text, player_name text, game_date date, opponent_code text) STABLE;
FUNCTION media.drop_notes() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.drop_own_code_windows() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.file_tag() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.file_tags_again() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.fold(words text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE;
FUNCTION media.forget_old_audit(keep_days integer) RETURNS bigint SET search_path=pg_catalog;
FUNCTION media.forget_search_words() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.forget_taggings() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog SET enable_seqscan=off;
FUNCTION media.game_place(game_date date, game_id text, period integer, start_s double precision) RETURNS text IMMUTABLE PARALLEL SAFE;
FUNCTION media.has_clips(field text, team_code text, value text, player_name text) RETURNS boolean STABLE;
FUNCTION media.has_lost_tags(clip_id integer, team text) RETURNS boolean STABLE;
FUNCTION media.initials_of(folded text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE;
FUNCTION media.is_shown(reaches_team boolean, is_maker boolean, shown_to text, makes_reels boolean, is_chosen boolean) RETURNS boolean STABLE;
FUNCTION media.is_shown_to_caller(team text, maker uuid, shown_to text, is_chosen boolean) RETURNS boolean STABLE;
FUNCTION media.is_slip(typed text, word text) RETURNS boolean IMMUTABLE PARALLEL SAFE;
FUNCTION media.keep_clip_search_text() RETURNS trigger;
FUNCTION media.keep_tags() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog SET enable_seqscan=off;
FUNCTION media.keep_updated_at() RETURNS trigger;
FUNCTION media.leave_export_files() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.live_link(secret text, named uuid, moment timestamp with time zone) RETURNS SETOF media.reel_links STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.made_by_caller(clip text, minutes integer) RETURNS boolean STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.make_search_words() RETURNS void SET search_path=pg_catalog;
FUNCTION media.mend_clip_counts() RETURNS bigint SET search_path=pg_catalog;
FUNCTION media.mend_search_text(after_id integer, slice integer, thorough boolean) RETURNS TABLE(last_id integer, mended integer) SET search_path=pg_catalog;
FUNCTION media.news_of_export(kind text, facts jsonb) RETURNS text STABLE SET search_path=pg_catalog;
FUNCTION media.news_of_note(facts jsonb) RETURNS text STABLE SET search_path=pg_catalog;
FUNCTION media.news_of_reel(team text, facts jsonb) RETURNS text STABLE SET search_path=pg_catalog;
FUNCTION media.note_games_of_clips() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.note_games_of_masters() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.notes_on(clip_ids integer[]) RETURNS TABLE(clip_id text, note_id uuid, shown_s double precision) STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.own_clip_is_like(teams text, player text, patterns text[]) RETURNS boolean STABLE;
FUNCTION media.parts_of(folded text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE;
FUNCTION media.places_of(play_ids bigint[]) RETURNS TABLE(id bigint, master_id uuid, at_s double precision, end_at_s double precision, is_exact boolean, begins_s double precision) STABLE SET search_path=pg_catalog SET plan_cache_mode=force_generic_plan;
FUNCTION media.places_of_note(clip integer, film uuid, moment_s double precision) RETURNS TABLE(team_code text, master_id uuid, clip_id text, reel_id uuid) STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.plays_to(name text, to_s double precision, complete boolean, end_s double precision) RETURNS boolean IMMUTABLE;
FUNCTION media.prepared_objects() RETURNS TABLE(master_id uuid, folder text, file_name text, size_bytes integer, generation text, crc32c text) STABLE;
FUNCTION media.put_clip_event(kind text, clip media.clips) RETURNS void SET search_path=pg_catalog;
FUNCTION media.record_anchors_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.record_clip_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.record_export_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.record_master_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.record_note_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.record_plays_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.record_preparation_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.record_reel_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.record_tag_event() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog SET enable_seqscan=off;
FUNCTION media.record_views(pieces jsonb, rate double precision, most_s double precision) RETURNS SETOF integer SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.recount_clips() RETURNS void SET search_path=pg_catalog;
FUNCTION media.recount_emptied() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.reel_of_note(note uuid, makers text[]) RETURNS TABLE(id text, team_code text) STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.reels_in_sight() RETURNS SETOF media.reels STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.refuse_audit_change() RETURNS trigger SET search_path=pg_catalog;
FUNCTION media.score_of_plays(team text, season text, game text) RETURNS TABLE(own integer, opponent integer) STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.search_key(field text, value text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE;
FUNCTION media.search_patterns(words text[]) RETURNS TABLE(patterns text[]) STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.search_text_of(player_name text, event_type text, opponent_code text, clip_id text, zone text, outcome text, strength text, period integer, tags text[]) RETURNS text IMMUTABLE PARALLEL SAFE;
FUNCTION media.search_text_of_tags(tags text[]) RETURNS text IMMUTABLE PARALLEL SAFE;
FUNCTION media.search_token(field text, value text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE;
FUNCTION media.search_words_for(field text, value text, player_name text) RETURNS TABLE(word text, token text) STABLE;
FUNCTION media.sees_reel(reel uuid, team text, maker uuid, shown_to text) RETURNS boolean STABLE SECURITY DEFINER SET search_path=pg_catalog SET plan_cache_mode=force_generic_plan;
FUNCTION media.settle_clip_counts() RETURNS bigint SET search_path=pg_catalog;
FUNCTION media.shows_on_clip(film uuid, moment_s double precision) RETURNS boolean STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.slice_renditions(clip text) RETURNS TABLE(team_code text, season text, game_id text, master_id text, name text, codecs text, width integer, height integer, frame_rate double precision, init_generation text, segments jsonb) STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.slices_of(clip_ids integer[]) RETURNS TABLE(clip_id integer, offset_s double precision) STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.slip_keys(word text) RETURNS text[] IMMUTABLE PARALLEL SAFE;
FUNCTION media.spellings_of(strength text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE;
FUNCTION media.sum_up_views(before timestamp with time zone, most integer) RETURNS integer SET search_path=pg_catalog;
FUNCTION media.tagged_clips(tags text[], most integer DEFAULT NULL::integer) RETURNS SETOF integer STABLE SECURITY DEFINER SET search_path=pg_catalog SET enable_seqscan=off SET plan_cache_mode=force_custom_plan;
FUNCTION media.tags_like(patterns text[]) RETURNS text[] STABLE SECURITY DEFINER SET search_path=pg_catalog, media SET enable_seqscan=off SET plan_cache_mode=force_custom_plan;
FUNCTION media.takes_answer(note uuid, clip integer, film uuid, shown_to text) RETURNS boolean STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.team_of_film(film uuid) RETURNS text STABLE SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.tell_event() RETURNS trigger SET search_path=pg_catalog;
FUNCTION media.tell_playable_clips() RETURNS trigger SECURITY DEFINER SET search_path=pg_catalog;
FUNCTION media.update_updated_at_column() RETURNS trigger;
FUNCTION media.word_patterns(typed text, teams text, player text) RETURNS text[] STABLE SET search_path=pg_catalog, media SET enable_seqscan=off SET plan_cache_mode=force_custom_plan;
FUNCTION media.wrong_clip_counts() RETURNS bigint STABLE SET search_path=pg_catalog;
FUNCTION media.wrong_search_texts() RETURNS bigint STABLE SET search_path=pg_catalog;

-- Grants

GRANT USAGE ON SCHEMA media TO heartbeat_web;
GRANT SELECT ON media._prisma_migrations TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.add_search_words() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.address_event() TO PUBLIC;
GRANT SELECT ON media.anchors_in_effect TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.api_keys TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.api_rate_limits TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.as_it_is(text) TO PUBLIC;
GRANT INSERT, SELECT ON media.audit_log TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.audit_log_id_seq TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.changes_reel(uuid,text,uuid,text) TO PUBLIC;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.clip_assets TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.clip_assets_id_seq TO heartbeat_web;
GRANT SELECT ON media.clip_counts TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.clip_counts_id_seq TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.clip_plays TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.clip_search_text(media.clips) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.clip_shown_in(uuid,integer,text[]) TO PUBLIC;
GRANT SELECT ON media.clip_taggings TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.clip_tags TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.clip_tags_id_seq TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.clips TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.clips_id_seq TO heartbeat_web;
GRANT SELECT ON media.clips_in_reach TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.clips_of_reel(uuid,text[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.clock_of_clip(text) TO PUBLIC;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.clock_runs TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.clubs TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.code_windows TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.count_clips() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.count_clips_of(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.count_plays() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.count_plays_of_game() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.count_tags() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.count_tags_of_deleted() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.count_trashed_clips_of(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.counted_values(media.clips) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.drop_notes() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.drop_own_code_windows() TO PUBLIC;
GRANT INSERT, SELECT ON media.ended_sessions TO heartbeat_web;
GRANT SELECT ON media.events TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.events_id_seq TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.file_tag() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.file_tags_again() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.fold(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.forget_search_words() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.forget_taggings() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.game_place(date,text,integer,double precision) TO PUBLIC;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.game_players TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.games TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.has_lost_tags(integer,text) TO PUBLIC;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.idempotency_keys TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.initials_of(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.is_shown(boolean,boolean,text,boolean,boolean) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.is_shown_to_caller(text,uuid,text,boolean) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.is_slip(text,text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.keep_clip_search_text() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.keep_tags() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.keep_updated_at() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.leave_export_files() TO PUBLIC;
GRANT SELECT ON media.library_audits TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.library_audits_id_seq TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.live_link(text,uuid,timestamp with time zone) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.made_by_caller(text,integer) TO PUBLIC;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.master_anchors TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.master_anchors_id_seq TO heartbeat_web;
GRANT DELETE, INSERT, SELECT ON media.master_preparations TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.masters TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.news_of_export(text,jsonb) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.news_of_note(jsonb) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.news_of_reel(text,jsonb) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.note_games_of_clips() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.note_games_of_masters() TO PUBLIC;
GRANT DELETE, INSERT, SELECT ON media.notes TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.notes_on(integer[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.parts_of(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.places_of(bigint[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.places_of_note(integer,uuid,double precision) TO PUBLIC;
GRANT SELECT ON media.play_counts TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.play_files TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.play_files_id_seq TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.plays TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.plays_id_seq TO heartbeat_web;
GRANT SELECT ON media.plays_of_teams TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.plays_to(text,double precision,boolean,double precision) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.prepared_objects() TO PUBLIC;
GRANT SELECT ON media.prepared_renditions TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.prepared_renditions_id_seq TO heartbeat_web;
GRANT SELECT ON media.prepared_segments TO heartbeat_web;
GRANT SELECT ON media.prepared_sheets TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.put_clip_event(text,media.clips) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_anchors_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_clip_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_export_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_master_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_note_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_plays_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_preparation_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_reel_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_tag_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.record_views(jsonb,double precision,double precision) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.recount_emptied() TO PUBLIC;
GRANT INSERT, SELECT ON media.reel_exports TO heartbeat_web;
GRANT DELETE, INSERT, SELECT ON media.reel_items TO heartbeat_web;
GRANT INSERT, SELECT ON media.reel_links TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.reel_of_note(uuid,text[]) TO PUBLIC;
GRANT INSERT, SELECT ON media.reel_opens TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.reel_players TO heartbeat_web;
GRANT DELETE, INSERT, SELECT ON media.reels TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.reels_in_sight() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.refuse_audit_change() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.score_of_plays(text,text,text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.search_key(text,text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.search_patterns(text[]) TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.search_text_of(text,text,text,text,text,text,text,integer,text[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.search_text_of_tags(text[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.search_token(text,text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.search_words_for(text,text,text) TO PUBLIC;
GRANT USAGE ON SEQUENCE media.search_words_id_seq TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.sees_reel(uuid,text,uuid,text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.shows_on_clip(uuid,double precision) TO PUBLIC;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.sign_in_attempts TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.slice_renditions(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.slices_of(integer[]) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.slip_keys(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.spellings_of(text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.sum_up_views(timestamp with time zone,integer) TO PUBLIC;
GRANT USAGE ON SEQUENCE media.tag_texts_id_seq TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.tagged_clips(text[],integer) TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.tags_like(text[]) TO heartbeat_web;
GRANT EXECUTE ON FUNCTION media.takes_answer(uuid,integer,uuid,text) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.team_of_film(uuid) TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.tell_event() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.tell_playable_clips() TO PUBLIC;
GRANT EXECUTE ON FUNCTION media.update_updated_at_column() TO PUBLIC;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.user_identities TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.user_links TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.users TO heartbeat_web;
GRANT SELECT ON media.view_minutes TO heartbeat_web;
GRANT SELECT ON media.view_sessions TO heartbeat_web;
GRANT SELECT ON media.view_sums TO heartbeat_web;
GRANT SELECT ON media.views TO heartbeat_web;
GRANT USAGE ON SEQUENCE media.views_id_seq TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.webhook_deliveries TO heartbeat_web;
GRANT DELETE, INSERT, SELECT, UPDATE ON media.webhooks TO heartbeat_web;

-- Of what is to come

ALTER DEFAULT PRIVILEGES IN SCHEMA media GRANT DELETE, INSERT, SELECT, UPDATE ON TABLES TO heartbeat_web;
ALTER DEFAULT PRIVILEGES IN SCHEMA media GRANT USAGE ON SEQUENCES TO heartbeat_web;
