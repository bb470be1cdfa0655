/** @type {import('next').NextConfig} */
const nextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  // The server before Next does it (`lib/server/compression.ts`).
  compress: false,
  reactStrictMode: true,
  // `forbidden()`: a page that is not for the reader's role answers 403, not 200 with a refusal on it.
  experimental: { authInterrupts: true },
  // `npm test` checks types, tests included; a build for the demo need not do it again.
  typescript: { ignoreBuildErrors: true },
  // `/api/v2/clips/` and `/api/v2/clips` are the same call (contract §6).
  skipTrailingSlashRedirect: true,
  serverExternalPackages: [
    ...['pg', 'pg-boss', 'pino', '@node-rs/argon2', '@node-rs/crc32', 'proper-lockfile'],
    '@google-cloud/storage',
  ],
  outputFileTracingRoot: import.meta.dirname,
  // Messages come compiled (`app/_i18n/compiled-messages.ts`): nobody needs a parser for them.
  turbopack: { resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
  // No page uses Next's optimiser of images: its route is not there.
  images: { unoptimized: true },
  rewrites: async () => [
    // Browsers that ask before they have read the page's icon link get the icon, not a 404.
    { source: '/favicon.ico', destination: '/favicon.svg' },
    // One page for all clips: its player stays mounted from clip to clip (docs/adr/0040).
    { source: '/clips/:clip', destination: '/watch?clip=:clip' },
  ],
};

export default nextConfig;
