# One image for the web, the workers and the commands:
#   docker build -t heartbeat-media-portal .
#   docker run --env-file .env -p 3000:3000 heartbeat-media-portal                                  # the web
#   docker run --env-file .env --no-healthcheck heartbeat-media-portal node scripts/worker.ts       # a worker
#   docker run --env-file .env --no-healthcheck heartbeat-media-portal node scripts/db-migrate.ts   # before a new version
# With MEDIA_STORE=disk, mount one volume at /data in the web and in every worker. compose.yaml does all of it.

# The same version as the npm package `node` that development and tests run on. `npm run images:pin` adds the digest.
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1

# What the build needs. Install scripts stay off: the image brings its own Node, and nothing else needs one. It is
# `npm install`, as `npm ci` refuses a lock file that lists the platforms of its maker only.
FROM base AS packages
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --ignore-scripts

# What runs, in two steps: all that is delivered, of which the list is made (no optimiser of images, no compiler: they
# serve nothing here), then only what servers load. Engines of other databases and source maps are left behind.
FROM base AS server-packages
COPY package.json package-lock.json .npmrc ./
COPY scripts/image/server-package.ts ./scripts/image/
RUN cp package.json whole.json \
    && node scripts/image/server-package.ts delivered \
    && npm install --no-save --ignore-scripts \
    && rm -rf node_modules/sharp node_modules/@img node_modules/@next/swc-* \
    && npm sbom --sbom-format cyclonedx --sbom-type application > /npm-sbom.json \
    && cp whole.json package.json \
    && node scripts/image/server-package.ts server \
    && npm install --no-save --ignore-scripts --omit=peer \
    && rm -rf node_modules/.bin node_modules/@types \
    && find node_modules -type f -name '*.map' -delete \
    && find node_modules/@prisma/client/runtime -type f -regex '.*[._]\(cockroachdb\|mysql\|sqlite\|sqlserver\)\..*' -delete

FROM packages AS build
COPY . .
# `prisma generate` wants to see a schema engine and runs none: any executable will do.
RUN PRISMA_SCHEMA_ENGINE_BINARY=/bin/true node node_modules/prisma/build/index.js generate
# Next's optimiser of images is off; the library behind it would be there all the same.
RUN NODE_ENV=production node node_modules/next/dist/bin/next build \
    && rm -rf .next/standalone/node_modules/sharp .next/standalone/node_modules/@img

# ffmpeg with the libraries that it loads.
FROM base AS tools
COPY scripts/image/copy-closure.sh /tmp/
RUN dpkg-query -W > /tmp/before \
    && apt-get update \
    && apt-get install -y --no-install-recommends ffmpeg tini \
    && sh /tmp/copy-closure.sh /tmp/before /closure ffmpeg ffprobe tini

# What only installs and compiles has no place where it could be reached.
FROM base AS system
RUN rm -rf /usr/local/include /usr/local/lib/node_modules /opt/yarn* \
        /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg
COPY --from=tools /closure /
COPY --from=server-packages /npm-sbom.json /tmp/
COPY scripts/image/sbom.ts /tmp/
RUN node /tmp/sbom.ts /tmp/npm-sbom.json > /sbom.cdx.json \
    && rm /tmp/npm-sbom.json /tmp/sbom.ts \
    && mkdir -p /data/objects \
    && chown -R node:node /data

# From nothing, so that what was taken away is not carried along in a layer below.
FROM scratch AS portal
COPY --from=system / /
WORKDIR /app
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOSTNAME=0.0.0.0 \
    PORT=3000 \
    MEDIA_DISK_ROOT=/data/objects
# Next's own list of what the web needs and the packages of the commands lie in one node_modules: Next's bundles and the
# server before them have to load the same ones.
COPY --from=build /app/.next/standalone ./
COPY --from=server-packages /app/node_modules ./node_modules
COPY --from=build /app/.next/static ./.next/static
COPY --from=build /app/public ./public
COPY --from=build /app/generated ./generated
COPY lib ./lib
COPY app/api ./app/api
COPY prisma ./prisma
COPY scripts ./scripts
COPY package.json LICENSE ./
RUN mkdir -p .next/cache && chown -R node:node .next/cache
USER node
EXPOSE 3000
VOLUME /data
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/v2/clips/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# tini hands Ctrl-C and SIGTERM on, and reaps what ffmpeg leaves. Debian's util-linux, part of the base, has the setpriv
# and prlimit that hold ffmpeg.
ENTRYPOINT ["/usr/bin/tini", "--"]
# scripts/web-flags.mjs says why.
CMD ["node", "--max-semi-space-size=16", "--max-old-space-size=512", "scripts/web.ts"]
