const PATHS = {
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.5-1.5L17 17',
  plus: 'M10 4v12M4 10h12',
  lock: 'M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9M5 9h10v7.5H5Z',
  unlock: 'M6.5 9V6.5a3.5 3.5 0 0 1 6.7-1.4M5 9h10v7.5H5Z',
  edit: 'm4 16 .8-3.4L13 4.4l2.6 2.6-8.2 8.2Z',
  remove: 'M4 6h12M8 6V4h4v2M6 6l.7 10.5h6.6L14 6M8.7 9v4.5M11.3 9v4.5',
  close: 'm5 5 10 10M15 5 5 15',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  next: 'M8 4.5 13.5 10 8 15.5',
  up: 'm6 11.5 4-4 4 4',
  down: 'm6 8.5 4 4 4-4',
  light:
    'M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.5 1.5M14.2 14.2l1.5 1.5M15.7 4.3l-1.5 1.5M5.8 14.2l-1.5 1.5',
  dark: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5Z',
  system: 'M3 4.5h14v9H3ZM7.5 17h5M10 13.5V17',
  alert: 'M10 3 2.5 16.5h15ZM10 8v4M10 14.2v.1',
  download: 'M10 3.5v9M6.5 9l3.5 3.5L13.5 9M4 16h12',
  copy: 'M7 7h9v9H7ZM4 13V4h9',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside words that say the same; nothing that is read out. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
