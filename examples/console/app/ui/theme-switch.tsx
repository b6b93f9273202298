import { useState } from 'react';
import { Icon } from './icon.js';
import { Segmented, type Segment } from './segmented.js';
import { applyTheme, storedTheme, type Theme } from './theme.js';

const named = (value: Theme, label: string): Segment<Theme> => ({
  value,
  label: (
    <>
      <Icon name={value} />
      <span className="visually-hidden">{label}</span>
    </>
  ),
});

const THEMES = [named('system', 'As the system'), named('light', 'Light'), named('dark', 'Dark')];

export function ThemeSwitch() {
  const [theme, setTheme] = useState(storedTheme);
  const choose = (next: Theme): void => {
    applyTheme(next);
    setTheme(next);
  };
  return <Segmented legend="Colours" segments={THEMES} value={theme} onChoose={choose} />;
}
