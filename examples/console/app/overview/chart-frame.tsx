import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface ChartFrameProps {
  title: string;
  /** Titles of the columns of the table that says the same. */
  columns: readonly string[];
  /** Its rows, each with its label first. */
  rows: readonly (readonly string[])[];
  height: number;
  draw: (width: number) => ReactNode;
}

/** A drawing as wide as its place, and a table in its stead for those who do not see it. */
export function ChartFrame({ title, columns, rows, height, draw }: ChartFrameProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!place.current) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <figure className="panel chart">
      <figcaption>{title}</figcaption>
      <div ref={place} className="chart-place">
        <svg className="chart-drawing" width={width} height={height} aria-hidden="true" focusable="false">
          {width > 0 && draw(width)}
        </svg>
      </div>
      <table className="visually-hidden" aria-label={title}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, ...texts]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {texts.map((text, at) => (
                <td key={columns[at + 1]}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
