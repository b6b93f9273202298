import { useEffect, useRef, useState } from 'react';
import { CombinedError } from 'urql';
import type { FileFormat } from './file-format.js';
import type { FileSource } from './file-source.js';
import { readFile, type ReadFile } from './read-file.js';

export interface ExportedFile extends ReadFile {
  name: string;
}

export interface Export {
  /** Rows so far; undefined unless a file is being read. */
  rows: number | undefined;
  file: ExportedFile | undefined;
  /** Why there is no file. */
  error: CombinedError | undefined;
  start(format: FileFormat): Promise<void>;
  stop(): void;
}

/** Hands a file to the browser to save. */
export function saveFile({ name, content }: ExportedFile): void {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(content);
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(anchor.href);
}

const toName = (noun: string, format: FileFormat, isComplete: boolean): string =>
  `${noun}s-${new Date().toISOString().slice(0, 10)}${isComplete ? '' : '-incomplete'}.${format}`;

/** Reads a list as a file. A complete one is saved at once; the reading ends with the component. */
export function useExport(source: FileSource): Export {
  const [rows, setRows] = useState<number>();
  const [file, setFile] = useState<ExportedFile>();
  const [error, setError] = useState<CombinedError>();
  const reading = useRef<AbortController>(undefined);
  useEffect(() => () => reading.current?.abort(), []);

  async function start(format: FileFormat): Promise<void> {
    const controller = new AbortController();
    reading.current = controller;
    setRows(0);
    setError(undefined);
    try {
      const read = await readFile(source, { format, signal: controller.signal, onRows: setRows });
      const isComplete = read.end?.complete === true;
      const exported = { ...read, name: toName(source.noun, format, isComplete) };
      if (isComplete) saveFile(exported);
      setFile(exported);
    } catch (failure) {
      if (failure instanceof CombinedError) setError(failure);
      else if (!controller.signal.aborted) throw failure;
    } finally {
      setRows(undefined);
    }
  }

  return { rows, file, error, start, stop: () => reading.current?.abort() };
}
