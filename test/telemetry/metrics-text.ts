/** One line of what Prometheus reads. */
interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What a page of metrics says, in the text format of Prometheus. */
export interface MetricsPage {
  readonly samples: readonly Sample[];
  /** Of each metric, by its name. */
  readonly help: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, string>;
  /** The samples of a name that have these labels, added up; undefined where there are none. */
  sum(name: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

const SAMPLE = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/;
const LABEL = /(?<label>\w+)="(?<text>(?:[^"\\]|\\.)*)"/g;

/** Reads a page. @throws Error for a line that is none of the format */
export function parseMetrics(text: string): MetricsPage {
  const samples: Sample[] = [];
  const help = new Map<string, string>();
  const types = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, kind, name = '', words = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (kind) (kind === 'HELP' ? help : types).set(name, words);
    else if (line) samples.push(parseSample(line));
  }
  return {
    samples,
    help,
    types,
    sum(name, labels = {}) {
      const found = samples.filter(
        (sample) =>
          sample.name === name &&
          Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
      );
      return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
    },
  };
}

function parseSample(line: string): Sample {
  const { name, labels = '', value } = SAMPLE.exec(line)?.groups ?? {};
  if (!name || !value) throw new Error(`not a sample: ${line}`);
  const found = [...labels.matchAll(LABEL)].map(({ groups }) => [groups?.label ?? '', groups?.text ?? '']);
  return { name, labels: Object.fromEntries(found), value: Number(value) };
}

/** Reads what an app gives out. */
export async function scrape(httpUrl: string | undefined): Promise<MetricsPage> {
  return parseMetrics(await (await fetch(`${httpUrl}/metrics`)).text());
}

const UNITS = ['seconds', 'bytes', 'credits', 'info', 'total', 'ratio', 'percent', 'celsius'];

/** Gauges that count things or tell yes from no have no unit. */
const WITHOUT_UNIT = /^encore_(?:tasks|deliveries_open|credits_balance|\w+_up)$/;

/** Every way in which our metrics fall short of the conventions (prometheus.io/docs/practices/naming). */
export function listFaults({ samples, help, types }: MetricsPage): readonly string[] {
  const ours = [...types].filter(([name]) => name.startsWith('encore_'));
  const ofMetrics = ours.flatMap(([name, type]) => {
    const unit = name.split('_').at(-1) ?? '';
    return [
      !/^encore_[a-z]+(?:_[a-z]+)*$/.test(name) && 'has a name that is none',
      !/^\S.{10,}\.$/.test(help.get(name) ?? '') && 'has no sentence of help',
      (type === 'counter') !== name.endsWith('_total') &&
        'is a counter without _total, or the other way round',
      type === 'histogram' && unit !== 'seconds' && 'is a histogram without a unit',
      !UNITS.includes(unit) && !WITHOUT_UNIT.test(name) && 'has no unit',
      /(?:^|_)(?:ms|millis|minutes|hours|kb|mb)(?:_|$)/.test(name) && 'has a unit that is no base unit',
    ].flatMap((fault) => (fault ? `${name} ${fault}` : []));
  });
  const ofLabels = samples.flatMap(({ name, labels }) =>
    Object.entries(labels).flatMap(([label, value]) =>
      label !== 'le' && isLikeAnId(value) ? `${name} has ${label}="${value}"` : [],
    ),
  );
  return [...ofMetrics, ...ofLabels];
}

/** Ids, tokens, keys and texts differ from person to person; labels name one of a few things. */
function isLikeAnId(value: string): boolean {
  return /\d{5}|[0-9A-HJKMNP-TV-Z]{20}|[\da-f]{8}-|\S{60}|guild:|user:/.test(value);
}
