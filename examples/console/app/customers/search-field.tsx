import { useEffect, useRef } from 'react';
import { Icon } from '../ui/icon.js';

interface SearchFieldProps {
  value: string;
  onSearch: (text: string) => void;
}

/** For typing to come to an end. */
const PAUSE_MS = 250;

/** Searches while one types, and takes over what the address says. */
export function SearchField({ value, onSearch }: SearchFieldProps) {
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
    timer.current = setTimeout(() => {
      told.current = text.trim();
      onSearch(told.current);
    }, PAUSE_MS);
  };

  return (
    <label className="search">
      <span className="visually-hidden">Search by company name</span>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        defaultValue={value}
        placeholder="Search by company name"
        onChange={(event) => search(event.currentTarget.value)}
      />
    </label>
  );
}
