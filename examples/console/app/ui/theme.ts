export type Theme = 'system' | 'light' | 'dark';

const KEY = 'console:theme';

export function storedTheme(): Theme {
  const stored = window.localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Shows a theme from now on, in this browser. The stylesheet does the rest by `color-scheme`. */
export function applyTheme(theme: Theme): void {
  window.localStorage.setItem(KEY, theme);
  document.documentElement.dataset['theme'] = theme;
}
