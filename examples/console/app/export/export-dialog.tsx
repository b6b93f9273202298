import { useState } from 'react';
import { CombinedError } from 'urql';
import { toFailure } from '../client/failure.js';
import { formatBytes } from '../format/bytes.js';
import { countOf } from '../format/count.js';
import { formatTime } from '../format/dates.js';
import { Segmented } from '../ui/segmented.js';
import { NO_ERRORS } from '../writes/field-errors.js';
import { FormDialog } from '../writes/form-dialog.js';
import type { FileFormat } from './file-format.js';
import type { FileSource } from './file-source.js';
import { saveFile, useExport, type ExportedFile } from './use-export.js';

interface ExportDialogProps {
  source: FileSource;
  onClose: () => void;
}

const FORMATS: readonly { value: FileFormat; label: string }[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'jsonl', label: 'JSONL' },
];

const toErrors = (error: CombinedError | undefined) => {
  if (!error) return NO_ERRORS;
  const { title, text } = toFailure(error);
  return { ...NO_ERRORS, general: [`${title}. ${text}`] };
};

/** Saves a list with all of its pages, and says whether the file is complete. */
export function ExportDialog({ source, onClose }: ExportDialogProps) {
  const { noun, total } = source;
  const [format, setFormat] = useState<FileFormat>('csv');
  const { rows, file, error, start, stop } = useExport(source);
  const isBusy = rows !== undefined;
  return (
    <FormDialog
      title={`Export ${countOf(total, noun)}`}
      description="All pages of the list, with the filters and the order that are shown."
      submitLabel="Export"
      isBusy={isBusy}
      errors={toErrors(error)}
      outcome={isBusy ? <Progress rows={rows} source={source} /> : file && <Outcome file={file} noun={noun} />}
      onSubmit={() => void start(format)}
      onClose={isBusy ? stop : onClose}
    >
      <div>
        <Segmented legend="Format" segments={FORMATS} value={format} onChoose={setFormat} />
        <p className="field-hint">CSV is for spreadsheets; JSONL has one JSON object in each line.</p>
      </div>
    </FormDialog>
  );
}

function Progress({ rows, source: { noun, total } }: { rows: number; source: FileSource }) {
  return (
    <>
      <progress className="bulk-progress" aria-label="Progress" value={Math.min(rows, total)} max={total} />
      <p role="status">
        {Math.min(rows, total)} of {countOf(total, noun)}…
      </p>
    </>
  );
}

/** Why a file is not complete, for people. */
function reasonOf({ end }: ExportedFile): string {
  if (!end?.code) return 'The connection was cut.';
  const { title, text } = toFailure(
    new CombinedError({ graphQLErrors: [{ message: end.detail ?? '', extensions: { code: end.code } }] }),
  );
  return `${title}. ${text}`;
}

function Outcome({ file, noun }: { file: ExportedFile; noun: string }) {
  const { name, end, content } = file;
  if (end?.complete) {
    return (
      <p role="status">
        The file is complete: {countOf(end.rows, noun)} in {name}, {formatBytes(BigInt(content.size))}, read from{' '}
        {formatTime(end.startedAt)} to {formatTime(end.endedAt)}.
      </p>
    );
  }
  return (
    <div className="form-errors" role="alert">
      <p>
        The file is not complete{end && `: it has the first ${countOf(end.rows, noun)}`}. {reasonOf(file)}
      </p>
      <button type="button" className="button button-small" onClick={() => saveFile(file)}>
        Save the incomplete file
      </button>
    </div>
  );
}
