import { useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../ui/icon.js';

interface SearchFieldProps {
  value: string;
  onSearch: (text: string) => void;
}

/** For typing to come to an end. */
const PAUSE_MS = 250;
/** What the upstream's filters cannot hold. */
const UNSEARCHABLE = /[|:]/;

/** Searches while one types, and takes over what the address says. */
export function SearchField({ value, onSearch }: SearchFieldProps) {
  const noteId = useId();
  const [isRefused, setRefused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef(value);

  useEffect(() => {
    if (!input.current || value === told.current) return;
    told.current = value;
    input.current.value = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (text: string): void => {
    clearTimeout(timer.current);
    setRefused(UNSEARCHABLE.test(text));
    if (UNSEARCHABLE.test(text)) return;
    timer.current = setTimeout(() => {
      told.current = text.trim();
      onSearch(told.current);
    }, PAUSE_MS);
  };

  return (
    <div className="search">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label="Search by company name"
        aria-invalid={isRefused}
        aria-describedby={isRefused ? noteId : undefined}
        defaultValue={value}
        placeholder="Search by company name"
        onChange={(event) => search(event.currentTarget.value)}
      />
      {isRefused && (
        <p id={noteId} className="field-error" role="alert">
          DRACOON cannot search for | or :
        </p>
      )}
    </div>
  );
}
