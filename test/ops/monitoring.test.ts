import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { listAnchors } from '../support/markdown.ts';
import { type KnownMetrics, readKnownMetrics } from './known-metrics.ts';
import { parsePromql } from './promql.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const rulesSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Encore([A-Z][a-z]+)+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+m$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({
            summary: z.string().min(10),
            description: z.string().min(40),
            runbook_url: z.string(),
          }),
        }),
      ),
    }),
  ),
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: -- that is how Grafana names a variable
const chosenSource = z.literal('${datasource}');
const datasourceSchema = z.object({ type: z.literal('prometheus'), uid: chosenSource });

const panelSchema = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string().min(3),
  description: z.string().optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  datasource: datasourceSchema.optional(),
  targets: z.array(z.object({ expr: z.string(), datasource: datasourceSchema })).optional(),
});

const dashboardSchema = z.object({
  uid: z.string(),
  schemaVersion: z.number().min(39),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  annotations: z.object({ list: z.array(z.object({ expr: z.string() })) }),
  panels: z.array(panelSchema),
});

const RULES = rulesSchema
  .parse(parse(read('ops/prometheus/alerts.yml')))
  .groups.flatMap(({ rules }) => rules);
const DASHBOARD = dashboardSchema.parse(JSON.parse(read('ops/grafana/encore.json')));

/** Every expression, with where it stands. */
const EXPRESSIONS = [
  ...RULES.map(({ alert, expr }) => ({ where: alert, expr })),
  ...DASHBOARD.panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: title, expr })),
  ),
  ...DASHBOARD.annotations.list.map(({ expr }) => ({ where: 'annotations', expr })),
].map(({ where, expr }) => ({ where, ...parsePromql(expr) }));

/** What Prometheus itself makes. */
const OF_PROMETHEUS: KnownMetrics = new Map([
  ['up', new Set<string>()],
  ['ALERTS', new Set(['alertname', 'alertstate'])],
]);
/** What Prometheus adds to everything that it scrapes. */
const TARGET_LABELS = ['job', 'instance'];

describe('the alert rules and the dashboard', () => {
  let known: KnownMetrics;
  beforeAll(async () => {
    known = new Map([...(await readKnownMetrics()), ...OF_PROMETHEUS]);
  });

  it('are written in PromQL', () => {
    expect(EXPRESSIONS.flatMap(({ where, errors }) => errors.map((error) => `${where}: ${error}`))).toEqual(
      [],
    );
    expect(EXPRESSIONS.filter(({ selectors }) => selectors.length === 0)).toEqual([]);
  });

  it('ask only for metrics that a bot gives out', () => {
    const wrong = EXPRESSIONS.flatMap(({ where, selectors }) =>
      selectors.filter(({ metric }) => !known.has(metric)).map(({ metric }) => `${where}: ${metric}`),
    );
    expect(wrong).toEqual([]);
  });

  it('choose and group by labels that those metrics have', () => {
    const wrong = EXPRESSIONS.flatMap(({ where, selectors, groupings }) => {
      const labelsOf = (metric: string) => [...(known.get(metric) ?? []), ...TARGET_LABELS];
      const all = selectors.flatMap(({ metric }) => labelsOf(metric));
      return [
        ...selectors.flatMap(({ metric, labels }) =>
          labels.filter((label) => !labelsOf(metric).includes(label)),
        ),
        ...groupings.filter((label) => !all.includes(label)),
      ].map((label) => `${where}: ${label}`);
    });
    expect(wrong).toEqual([]);
  });

  it('together show every metric of ours', () => {
    const asked = new Set(EXPRESSIONS.flatMap(({ selectors }) => selectors.map(({ metric }) => metric)));
    // Of a histogram the sum and the count are there for those who want an average.
    const own = [...known.keys()].filter(
      (name) => /^encore_/.test(name) && !/_seconds_(sum|count)$/.test(name),
    );
    expect(own.filter((name) => !asked.has(name))).toEqual([]);
  });
});

describe('the alert rules', () => {
  it('have names and sections of their own', () => {
    const names = RULES.map(({ alert }) => alert);
    const sections = RULES.map(({ annotations }) => annotations.runbook_url);
    expect(new Set(names).size).toBe(names.length);
    expect(sections).toEqual(
      names.map((name) => `docs/operating.md#alert${toKebab(name.replace(/^Encore/, ''))}`),
    );
  });

  it('are explained where they link to', () => {
    const anchors = listAnchors(read('docs/operating.md')).map((anchor) => `docs/operating.md#${anchor}`);
    const links = RULES.map(({ annotations }) => annotations.runbook_url);
    expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
  });

  it('are loaded by the Prometheus of this folder, under the job that they ask for', () => {
    const config = z
      .object({
        rule_files: z.array(z.string()),
        scrape_configs: z.array(z.object({ job_name: z.string() })),
      })
      .parse(parse(read('ops/prometheus/prometheus.yml')));
    expect(config.rule_files).toEqual(['alerts.yml']);
    const jobs = RULES.flatMap(({ expr }) => [...expr.matchAll(/job="([^"]+)"/g)].map(([, job]) => job));
    expect(new Set(jobs)).toEqual(new Set(config.scrape_configs.map(({ job_name }) => job_name)));
  });

  it('each have a case in which they fire', () => {
    const cases = z
      .object({
        tests: z.array(
          z.object({
            alert_rule_test: z.array(z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) })),
          }),
        ),
      })
      .parse(parse(read('ops/prometheus/alerts.test.yml')));
    const fired = cases.tests
      .flatMap(({ alert_rule_test: tests }) => tests)
      .filter(({ exp_alerts: alerts }) => alerts.length > 0)
      .map(({ alertname }) => alertname);
    expect(RULES.map(({ alert }) => alert).filter((name) => !fired.includes(name))).toEqual([]);
  });
});

describe('the dashboard', () => {
  const panels = DASHBOARD.panels.filter(({ type }) => type !== 'row');

  it('says of every panel what it shows', () => {
    expect(panels.filter(({ description }) => !description).map(({ title }) => title)).toEqual([]);
  });

  it('reads from the data source and the job that are chosen above', () => {
    expect(DASHBOARD.templating.list.map(({ name }) => name)).toEqual(['datasource', 'job']);
    expect(panels.filter(({ datasource }) => !datasource).map(({ title }) => title)).toEqual([]);
    const fixed = panels.flatMap(({ title, targets = [] }) =>
      targets.filter(({ expr }) => !/job="\$job"|ALERTS/.test(expr)).map(() => title),
    );
    expect(fixed).toEqual([]);
  });

  it('has panels that fit beside each other', () => {
    expect(new Set(DASHBOARD.panels.map(({ id }) => id)).size).toBe(DASHBOARD.panels.length);
    const cells = DASHBOARD.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}:${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(DASHBOARD.panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  it('is found by Grafana, with a data source beside it', () => {
    const provider = z
      .object({
        providers: z.array(z.object({ type: z.literal('file'), options: z.object({ path: z.string() }) })),
      })
      .parse(parse(read('ops/grafana/provisioning/dashboards/encore.yml')));
    expect(provider.providers).toHaveLength(1);
    const source = z
      .object({ datasources: z.array(z.object({ type: z.string(), url: z.url() })) })
      .parse(parse(read('ops/grafana/provisioning/datasources/prometheus.yml')));
    expect(source.datasources.map(({ type }) => type)).toEqual(['prometheus']);
  });
});

function toKebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
