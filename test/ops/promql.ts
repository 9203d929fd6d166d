/** What an expression of PromQL is about, read with the grammar that Prometheus' own editor uses. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** One choice of series: `name{label="value"}`. */
interface Selector {
  readonly metric: string;
  /** The labels that it is chosen by. */
  readonly labels: readonly string[];
}

/** An expression taken apart. */
export interface Expression {
  /** Where it is no PromQL: the texts that could not be understood. */
  readonly errors: readonly string[];
  readonly selectors: readonly Selector[];
  /** Labels by which series are put together, or matched with each other. */
  readonly groupings: readonly string[];
}

/** Reads an expression; Grafana's variables of time are taken for five minutes. */
export function parsePromql(text: string): Expression {
  const source = text.replaceAll('$__rate_interval', '5m');
  const errors: string[] = [];
  const selectors: Selector[] = [];
  const groupings: string[] = [];
  parser.parse(source).iterate({
    enter({ type, from, to, node }) {
      if (type.isError) errors.push(`"${source.slice(Math.max(0, from - 20), to + 20)}" at ${from}`);
      if (type.name === 'VectorSelector') selectors.push(readSelector(node, source));
      if (type.name === 'GroupingLabels') groupings.push(...textsOf(node, 'LabelName', source));
    },
  });
  return { errors, selectors, groupings };
}

function readSelector(node: SyntaxNode, source: string): Selector {
  const [metric = ''] = textsOf(node, 'Identifier', source);
  return { metric, labels: textsOf(node, 'LabelName', source) };
}

/** The texts of all nodes of a kind below a node. */
function textsOf(node: SyntaxNode, kind: string, source: string): readonly string[] {
  const texts: string[] = [];
  node.cursor().iterate(({ type, from, to }) => {
    if (type.name === kind) texts.push(source.slice(from, to));
  });
  return texts;
}
