import { useEffect, useId, useRef, useState } from 'react';
import { SEARCH_FIELDS, type SearchField } from '../navigation/table-state.js';
import { Icon } from '../ui/icon.js';
import { SEARCH_WORDS } from './search-words.js';

interface SearchBoxProps {
  value: string;
  field: SearchField;
  onSearch: (text: string) => void;
  onField: (field: SearchField) => void;
}

/** For typing to come to an end. */
const PAUSE_MS = 250;
/** What the upstream's filters cannot hold. */
const UNSEARCHABLE = /[|:]/;

/** Searches by one field while one types, and takes over what the address says. */
export function SearchBox({ value, field, onSearch, onField }: SearchBoxProps) {
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

  const { label, hint } = SEARCH_WORDS[field];
  const note = isRefused ? 'DRACOON cannot search for | or :' : hint;
  return (
    <div className="search">
      <span className="search-row">
        <select
          aria-label="Search by"
          value={field}
          onChange={({ currentTarget }) => onField(SEARCH_FIELDS[currentTarget.selectedIndex] ?? field)}
        >
          {SEARCH_FIELDS.map((choice) => (
            <option key={choice} value={choice}>
              {SEARCH_WORDS[choice].label}
            </option>
          ))}
        </select>
        <span className="search-text">
          <Icon name="search" />
          <input
            ref={input}
            type="search"
            aria-label={`Search by ${label.toLowerCase()}`}
            aria-invalid={isRefused}
            aria-describedby={note === undefined ? undefined : noteId}
            defaultValue={value}
            placeholder="Search"
            onChange={(event) => search(event.currentTarget.value)}
          />
        </span>
      </span>
      {note !== undefined && (
        <p id={noteId} className={isRefused ? 'field-error' : 'field-hint'} role={isRefused ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}
