/** hls.js without subtitles, alternate audio and DRM, none of which a clip has. Same types, 40 % less to download. */
declare module 'hls.js/light' {
  export * from 'hls.js';
  export { default } from 'hls.js';
}
