/**
 * What Node is started with, here and in the image. It cannot be told once it runs. Plain JavaScript: `bootstrap.mjs`
 * reads it on whatever Node the machine has.
 *
 * The young generation: 16 MiB a half. By itself Node 24 lets each half grow to 64 MiB and gives nothing of it back while
 * there is work: 100 MiB of every web that is busy (docs/adr/0034).
 */
export const NODE_FLAGS = ['--max-semi-space-size=16'];
