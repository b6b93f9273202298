/** One sample as `name{label="value",…}`, labels in the order of the text, and its value. */
export type Samples = ReadonlyMap<string, number>;

/** The samples of an exposition in the text format of Prometheus. */
export function toSamples(text: string): Samples {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

/** Of each metric its name and its kind, as an exposition declares them. */
export function declaredMetrics(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', kind = '']) => [name, kind]));
}

export async function readMetrics(url: string | undefined): Promise<Samples> {
  const response = await fetch(url ?? 'no metrics are served');
  if (response.status !== 200) throw new Error(`metrics: ${response.status}`);
  return toSamples(await response.text());
}
