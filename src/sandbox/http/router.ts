import type { Route } from './route.js';

export type RouteMatch =
  | { readonly kind: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'method-not-allowed'; readonly allow: string }
  | { readonly kind: 'unknown-path' };

/** Finds the route for a method and a path (without base path and query). Literal segments win over parameters. */
export type Router = (method: string, path: string) => RouteMatch;

interface PathEntry {
  readonly segments: readonly string[];
  readonly routes: Map<string, Route>;
}

const isParameter = (segment: string): boolean => segment.startsWith('{');

export function createRouter(routes: readonly Route[]): Router {
  const entries = new Map<string, PathEntry>();
  for (const route of routes) {
    const entry = entries.get(route.path) ?? { segments: route.path.split('/'), routes: new Map<string, Route>() };
    entry.routes.set(route.method, route);
    entries.set(route.path, entry);
  }
  const parameterCount = (entry: PathEntry): number => entry.segments.filter(isParameter).length;
  const ordered = [...entries.values()].sort((a, b) => parameterCount(a) - parameterCount(b));

  return (method, path) => {
    const segments = path.split('/');
    for (const entry of ordered) {
      const params = matchSegments(entry.segments, segments);
      if (params === undefined) continue;
      const route = entry.routes.get(method);
      if (route === undefined) return { kind: 'method-not-allowed', allow: [...entry.routes.keys()].join(', ') };
      return { kind: 'route', route, params };
    }
    return { kind: 'unknown-path' };
  };
}

function matchSegments(template: readonly string[], actual: readonly string[]): Record<string, string> | undefined {
  if (template.length !== actual.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const segment = actual[index] ?? '';
    if (!isParameter(expected)) {
      if (expected !== segment) return undefined;
      continue;
    }
    const value = decodeSegment(segment);
    if (value === undefined || value === '') return undefined;
    params[expected.slice(1, -1)] = value;
  }
  return params;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
