import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { VARIABLE_NAMES, VARIABLES, type VariableName } from '../src/config-variables.ts';
import { INVITE_PERMISSIONS } from '../src/doctor/permissions.ts';
import { createMetrics } from '../src/telemetry/metrics.ts';
import { getSection, listAnchors, listCode, listLinks } from './support/markdown.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PAGES = [...listMarkdown(''), ...listMarkdown('docs')];
const README = read('README.md');

/** Variables that are none of the bot's own, and what reads them. */
const OTHERS: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'compose.yaml',
  GRAFANA_PASSWORD: 'compose.yaml',
  TEST_DATABASE_URL: 'test/support/global-setup.ts',
};

describe.each(PAGES)('%s', (page) => {
  const text = read(page);
  const code = listCode(text);

  it('leads to files and headings that exist', () => {
    const inside = listLinks(text).filter((link) => !/^[a-z]+:/.test(link));
    expect(inside.filter((link) => !isThere(page, link))).toEqual([]);
  });

  it('names files and folders that exist', () => {
    const paths = code.filter((one) => /^(src|commands|sandbox|test|docs|ops)\/[\w./-]*$/.test(one));
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm run (?:--\w+ )*([a-z]+(?:[:-][a-z]+)*)/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names variables that something reads', () => {
    const named = code.flatMap((one) => one.match(/\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b|\b[A-Z]{4,}(?==)/g) ?? []);
    const known: readonly string[] = [...VARIABLE_NAMES, ...Object.keys(OTHERS)];
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('names metrics that a bot gives out', async () => {
    const named = text.match(/\bencore_[a-z_]+/g) ?? [];
    const known = await listMetrics();
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('asks for the permissions that the doctor looks for', () => {
    const asked = [...text.matchAll(/&permissions=(\d+)/g)].map(([, bits = '']) => BigInt(bits));
    expect(asked.filter((bits) => bits !== INVITE_PERMISSIONS)).toEqual([]);
  });
});

describe('README.md', () => {
  it('has every variable in its table, with the default that it has', () => {
    const rows = getSection(README, 'Configuration').match(/^\| `.*$/gm) ?? [];
    const variables = rows.flatMap((row) => {
      const [, names = '', defaults = ''] = row.split('|').map((cell) => cell.trim());
      return names.split(', ').map((name, index) => ({
        name: name.replaceAll('`', '') as VariableName,
        fallback: /^`([^`]+)`$/.exec(defaults.split(', ')[index] ?? '')?.[1],
      }));
    });
    expect(variables.map(({ name }) => name)).toEqual(VARIABLE_NAMES);
    for (const { name, fallback } of variables) {
      if (fallback === undefined) continue;
      const { schema } = VARIABLES[name];
      expect(schema.parse(fallback), name).toEqual(schema.parse(undefined));
    }
  });

  it('shows every picture that is there', () => {
    const shown = listLinks(README);
    const pictures = readdirSync(join(ROOT, 'docs/pictures')).map((name) => `docs/pictures/${name}`);
    expect(pictures.filter((path) => !shown.includes(path))).toEqual([]);
  });

  it('shows every folder of src in its layout, and nothing that is not there', () => {
    const [block = ''] = listCode(getSection(README, 'Layout'));
    const shown = listPaths(block);
    expect(shown.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((one) =>
      one.isDirectory(),
    );
    expect(folders.map(({ name }) => `src/${name}/`).filter((path) => !shown.includes(path))).toEqual([]);
  });
});

describe('docs/operating.md', () => {
  it('explains every metric of ours', async () => {
    const text = read('docs/operating.md');
    const missing = (await listMetrics()).filter((name) => !text.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  it('says of every alert what it is called and how bad it is', () => {
    const rule = z.object({ alert: z.string(), labels: z.object({ severity: z.string() }) });
    const rules = z.object({ groups: z.array(z.object({ rules: z.array(rule) })) });
    const alerts = rules
      .parse(parse(read('ops/prometheus/alerts.yml')))
      .groups.flatMap((group) => group.rules);
    const text = read('docs/operating.md');
    const lost = alerts.filter(
      ({ alert, labels }) => !text.includes(`\n\n\`${alert}\`, ${labels.severity}. `),
    );
    expect(lost).toEqual([]);
  });

  it('shows the list of hosts that one adds to', () => {
    const hosts = VARIABLES.MUSICAPI_MEDIA_HOSTS.schema.parse(undefined);
    expect(read('docs/operating.md')).toContain(`MUSICAPI_MEDIA_HOSTS=${hosts.join(',')}\n`);
  });
});

it.each(Object.entries(OTHERS))('%s is read by %s', (name, file) => {
  expect(read(file)).toContain(name);
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function listMarkdown(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md'));
  return names.map((name) => join(folder, name));
}

function isThere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || listAnchors(read(target)).includes(anchor);
}

/** The metrics that are of our own making. */
async function listMetrics(): Promise<readonly string[]> {
  const metrics = createMetrics({ version: '1.0.0', role: 'all' });
  const text = await metrics.read({
    stored: undefined,
    databaseErrors: 0,
    isGatewayUp: undefined,
    isProviderUp: undefined,
  });
  return [...text.matchAll(/^# TYPE (encore_\S+)/gm)].map(([, name = '']) => name);
}

/** The paths in a drawing of folders: what is indented lies in the folder above. */
function listPaths(block: string): readonly string[] {
  let folder = '';
  return block.split('\n').flatMap((line) => {
    const [, indent = '', name = ''] = /^( *)(\S+)/.exec(line) ?? [];
    if (name === '') return [];
    if (indent !== '') return [folder + name];
    folder = name;
    return [name];
  });
}
