/** Shortest decimal that is exact to the microsecond: 5, 4.2, 9.009. */
export const seconds = (value: number): string => String(Math.round(value * 1e6) / 1e6);

/** Sends ffmpeg to a reading of the master's own clock; it decodes from there, and the filters pick the frames. */
export const seekArgs = (seekS: number | null): string[] =>
  seekS === null ? [] : ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seconds(seekS)];
