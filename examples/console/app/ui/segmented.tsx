import { useId, type ReactNode } from 'react';

export interface Segment<T> {
  value: T;
  label: ReactNode;
}

interface SegmentedProps<T> {
  /** Says what is chosen, to those who do not see it. */
  legend: string;
  segments: readonly Segment<T>[];
  value: T;
  onChoose: (value: T) => void;
}

/** One of a few values: radio buttons that look like one control. */
export function Segmented<T>({ legend, segments, value, onChoose }: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className="visually-hidden">{legend}</legend>
      {segments.map((segment) => (
        <label key={String(segment.value)}>
          <input
            type="radio"
            name={name}
            checked={segment.value === value}
            onChange={() => onChoose(segment.value)}
            className="visually-hidden"
          />
          <span>{segment.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
