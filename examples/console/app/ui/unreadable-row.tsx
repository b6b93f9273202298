/** In place of an item that could not be read; the error beside the answer says why. */
export function UnreadableRow({ columns, noun }: { columns: number; noun: string }) {
  return (
    <tr role="row">
      <td role="cell" colSpan={columns} className="muted">
        This {noun} could not be read.
      </td>
    </tr>
  );
}
