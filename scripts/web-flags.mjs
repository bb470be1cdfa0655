/**
 * What the web's Node is started with, wherever that is: it cannot be told once it runs. Plain JavaScript, for
 * `bootstrap.mjs` reads it on whatever Node the machine has. Why, and what was measured: docs/adr/0034.
 */
export const WEB_FLAGS = [
  // Each half of the young generation. By itself it grows to 64 MiB, and gives nothing back while there is work.
  '--max-semi-space-size=16',
  // By the most that it may have V8 decides when to collect the old generation: of 4 GiB, it lets 300 MiB pile up first.
  '--max-old-space-size=512',
];
