import { useState } from 'react';
import { Icon } from '../ui/icon.js';
import { ExportDialog } from './export-dialog.js';
import type { FileSource } from './file-source.js';

/** Undefined as a source as long as it is not known what there is to export. */
export function ExportButton({ source }: { source: FileSource | undefined }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" disabled={!source} onClick={() => setOpen(true)}>
        <Icon name="download" />
        Export
      </button>
      {isOpen && source && <ExportDialog source={source} onClose={() => setOpen(false)} />}
    </>
  );
}
