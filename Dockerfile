# The packages that the bot needs, and no others.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No scripts: better-sqlite3 brings its binaries along, so nothing is compiled and no tools for that are needed.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Encore" \
      org.opencontainers.image.description="A self-hosted Discord bot for AI music" \
      org.opencontainers.image.licenses="MIT"
# What is remembered lies in /data. The rest of the file system is only read, so the container can run read-only.
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/var/cache/encore \
    DATABASE_URL=sqlite:/data/encore.db \
    MEDIA_DIR=/data/media \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=8080
WORKDIR /app
RUN install --directory --owner=node --group=node --mode=0700 /data /var/cache/encore
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
COPY commands ./commands
USER node
# Compiled once for all starts, which then take half the time; and what is broken shows now, not at the first start. What
# was compiled counts for the same user and the same flags only.
RUN ["node", "--import=./src/compile-cache.js", "--max-semi-space-size=4", "--max-old-space-size=768", "--input-type=module", "--eval", "await import('./src/app.ts'); await import('./src/store/postgres.ts'); const { openSqlite } = await import('./src/store/sqlite.ts'); await openSqlite('/tmp/probe.db').close()"]
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# As `npm start`, but without npm: signals reach the bot itself.
CMD ["node", "--import=./src/compile-cache.js", "--max-semi-space-size=4", "--max-old-space-size=768", "src/main.ts"]
