/** @type {import('next').NextConfig} */
const nextConfig = {
  output: 'standalone',
  poweredByHeader: false,
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
  // No page uses Next's optimiser of images: its route is not there.
  images: { unoptimized: true },
  // Browsers that ask before they have read the page's icon link get the icon, not a 404.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/favicon.svg' }],
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'no-referrer' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        {
          key: 'Permissions-Policy',
          value:
            'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=()',
        },
      ],
    },
    // Answers are no pages: nothing in them may run or load, whatever a browser takes them for. Pages get theirs in proxy.ts.
    {
      source: '/api/:path*',
      headers: [
        { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'; form-action 'none'" },
      ],
    },
  ],
};

export default nextConfig;
