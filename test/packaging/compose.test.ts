import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseConfig } from '../../src/config.ts';
import { VARIABLE_NAMES } from '../../src/config-variables.ts';
import { ROOT, readProjectFile } from './dockerfile.ts';

const SERVICE = z.object({
  profiles: z.array(z.string()).length(1),
  image: z.string(),
  build: z.string().optional(),
  restart: z.literal('unless-stopped'),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  mem_limit: z.string(),
  pids_limit: z.number(),
  init: z.boolean().optional(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  stop_grace_period: z.string().optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).default({}),
  deploy: z.object({ replicas: z.number() }).optional(),
});

const COMPOSE = z
  .object({ services: z.record(z.string(), SERVICE), volumes: z.record(z.string(), z.null()) })
  .parse(parse(await readProjectFile('compose.yaml'), { merge: true }));

/** All services, each hardened as the schema wants it. */
const SERVICES = Object.entries(COMPOSE.services);
const OURS = SERVICES.filter(([, { build }]) => build !== undefined);
const ofProfile = (profile: string) =>
  SERVICES.filter(([, { profiles }]) => profiles.includes(profile)).map(([name]) => name);

/** What stands in `.env` for compose itself. */
const OWN_SECRETS = { POSTGRES_PASSWORD: 'from-env', GRAFANA_PASSWORD: 'from-env' };

function fillIn(text: string): string {
  return text.replace(/\$\{(\w+):-\}/g, (_, name: string) => {
    expect(Object.keys(OWN_SECRETS)).toContain(name);
    return 'from-env';
  });
}

describe('compose.yaml', () => {
  it('has a profile for one process, one for several, and one for watching them', () => {
    expect(ofProfile('single')).toEqual(['encore']);
    expect(ofProfile('scaled')).toEqual(['gateway', 'worker', 'database']);
    expect(ofProfile('monitoring')).toEqual(['prometheus', 'grafana']);
    expect(COMPOSE.services.worker?.deploy?.replicas).toBe(2);
  });

  it.each(OURS)('gives %s settings that the bot accepts', (_name, { environment, env_file, init }) => {
    expect(env_file).toBe('.env');
    expect(init).toBe(true);
    expect(
      Object.keys(environment).filter((name) => !VARIABLE_NAMES.some((known) => known === name)),
    ).toEqual([]);
    const given = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name, fillIn(value)]),
    );
    const config = parseConfig({ DISCORD_TOKEN: 'token', MUSICAPI_KEY: 'key', ...given });
    expect(config).toMatchObject({ httpHost: '0.0.0.0', httpPort: 8080, mediaDir: '/data/media' });
  });

  it.each(OURS)('lets %s end in good order, and write into its volume only', (_name, service) => {
    expect(Number.parseInt(service.stop_grace_period ?? '', 10)).toBeGreaterThan(11);
    expect(service.volumes.map((volume) => volume.split(':')[1])).toEqual(['/data']);
    expect(service.tmpfs.map((mount) => mount.split(':')[0])).toEqual(['/tmp']);
  });

  it('names volumes, files and services that there are', () => {
    for (const [name, { volumes, depends_on }] of SERVICES) {
      for (const volume of volumes) {
        const [source = ''] = volume.split(':');
        const isThere = source.startsWith('.') ? existsSync(`${ROOT}${source}`) : source in COMPOSE.volumes;
        expect(isThere, `${name}: ${volume}`).toBe(true);
      }
      for (const other of Object.keys(depends_on)) {
        expect(COMPOSE.services[other]?.healthcheck, `${name} waits for ${other}`).toBeDefined();
      }
    }
  });

  it('publishes nothing beyond this machine, and names every image exactly', () => {
    for (const [name, { ports, image, build }] of SERVICES) {
      for (const port of ports) expect(port, name).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
      if (build === undefined) expect(image, name).toMatch(/:v?\d+\.\d+(\.\d+)?(-\w+)?$/);
    }
  });

  it('has no secret in it', async () => {
    const text = await readProjectFile('compose.yaml');
    const values = [...text.matchAll(/^ +\w*(?:PASSWORD|TOKEN|KEY)\w*: *(\S+)/gm)].map(([, value]) => value);
    for (const value of values) expect(value).toMatch(/^"\$\{\w+:-\}"$/);
  });

  it('is found by Prometheus under the names of its services, and its dashboard by Grafana', async () => {
    const scraped = z
      .object({
        scrape_configs: z.array(
          z.object({ dns_sd_configs: z.array(z.object({ names: z.array(z.string()), port: z.number() })) }),
        ),
      })
      .parse(parse(await readProjectFile('ops/prometheus/prometheus.yml')));
    const [search] = scraped.scrape_configs.flatMap(({ dns_sd_configs }) => dns_sd_configs);
    expect(search).toEqual({ names: OURS.map(([name]) => name), port: 8080 });
    const dashboards = await readProjectFile('ops/grafana/provisioning/dashboards/encore.yml');
    const [, folder = 'none'] = /^\s*path: (\S+)/m.exec(dashboards) ?? [];
    const mounts = COMPOSE.services.grafana?.volumes ?? [];
    expect(mounts).toContain(`./ops/grafana/encore.json:${folder}/encore.json:ro`);
  });
});
