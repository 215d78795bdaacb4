# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    VAULTCHECK_OPS_ADDRESS=0.0.0.0:9464 \
    VAULTCHECK_CONFIG=/etc/vaultcheck/vaultcheck.yaml \
    VAULTCHECK_DATA=/var/lib/vaultcheck
RUN install -d -o node -g node -m 0700 /var/lib/vaultcheck
WORKDIR /app
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --chown=root:root package.json LICENSE manifest.yml ./
USER node
EXPOSE 9464
# Alive and of use: Redis and Slack connected.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/readyz').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["start"]
