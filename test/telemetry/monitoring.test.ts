import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { metricOf, registeredMetrics, type RegisteredMetric } from '../support/registered-metrics.js';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

interface Panel {
  title: string;
  description: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { expr: string; legendFormat: string }[];
}

interface Dashboard {
  panels: Panel[];
  templating: { list: { name: string; definition?: string }[] };
}

const { groups } = parse(readFileSync('deploy/monitoring/alerts.yaml', 'utf8')) as { groups: { rules: Rule[] }[] };
const dashboard = JSON.parse(readFileSync('deploy/monitoring/dashboard.json', 'utf8')) as Dashboard;

const rules = groups.flatMap((group) => group.rules);
const targets = dashboard.panels.flatMap((panel) => panel.targets);
const alertExpressions = rules.map(({ alert, expr }) => [alert, expr] as const);
const expressions = [
  ...alertExpressions,
  ...dashboard.panels.flatMap(({ title, targets: ofPanel }) => ofPanel.map(({ expr }) => [title, expr] as const)),
  ...dashboard.templating.list.flatMap(({ name, definition }) => (definition ? [[name, definition] as const] : [])),
];

const BRACKETS = [
  ['(', ')'],
  ['{', '}'],
  ['[', ']'],
] as const;

/** Metrics as an expression names them: those of a histogram by their parts. */
const seriesIn = (expression: string): string[] => [...new Set(expression.match(/\bgateway_[a-z_]+/g) ?? [])];

let registered: ReadonlyMap<string, RegisteredMetric>;
beforeAll(async () => {
  registered = await registeredMetrics();
});

describe('deploy/monitoring', () => {
  it.each(expressions)('asks for metrics that there are, by the series of their kind: %s', (_title, expression) => {
    const series = seriesIn(expression);
    expect(series.length).toBeGreaterThan(0);
    for (const name of series) {
      const metric = metricOf(name);
      expect([...registered.keys()]).toContain(metric);
      // A histogram has no series of its own name, and nothing else has parts.
      expect([name, registered.get(metric)?.kind === 'histogram']).toEqual([name, name !== metric]);
      if (/_total$/.test(name)) expect(expression).toMatch(/rate\(|increase\(/);
    }
  });

  it.each(expressions)('asks for labels that the metrics have: %s', (_title, expression) => {
    const known = new Set([
      'instance',
      'worker',
      'le',
      ...seriesIn(expression).flatMap((name) => registered.get(metricOf(name))?.labels ?? []),
    ]);
    const grouped = [...expression.matchAll(/\bby \(([^)]+)\)/g)].flatMap(([, names = '']) => names.split(/, */));
    const matched = [...expression.matchAll(/([a-z_]+) *(?:=~|!=|!~|=)"/g)].map(([, name = '']) => name);
    for (const label of [...grouped, ...matched]) expect([...known]).toContain(label);
  });

  it('has balanced parentheses in each expression', () => {
    for (const [, expression] of expressions) {
      const bare = expression.replace(/"[^"]*"/g, '');
      for (const [open, close] of BRACKETS) {
        expect(bare.split(open).length).toBe(bare.split(close).length);
      }
    }
  });

  it('says of each alert how bad it is and what to do, and of each panel what it shows', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { labels, annotations } of rules) {
      expect(['warning', 'critical']).toContain(labels.severity);
      expect(annotations.summary.length).toBeGreaterThan(10);
      expect(annotations.description.length).toBeGreaterThan(10);
    }
    for (const { description } of dashboard.panels) expect(description).toMatch(/\.$/);
  });

  it('shows every metric on the dashboard', () => {
    const shown = new Set(targets.flatMap(({ expr }) => seriesIn(expr).map((name) => metricOf(name))));
    expect([...registered.keys()].filter((name) => !shown.has(name))).toEqual(['gateway_process_start_time_seconds']);
  });

  it('has panels that do not overlap', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});
