const WIDTHS = ['72%', '55%', '64%', '80%', '48%'];

/** The shape of rows that are being read. */
export function LoadingRows({ columns, rows }: { columns: number; rows: number }) {
  return Array.from({ length: rows }, (_row, row) => (
    <tr role="row" key={row} className="loading-row">
      {Array.from({ length: columns }, (_column, column) => (
        <td role="cell" key={column}>
          <span className="skeleton" style={{ inlineSize: WIDTHS[(row + column) % WIDTHS.length] }} />
          {row + column === 0 && <span className="visually-hidden">Loading…</span>}
        </td>
      ))}
    </tr>
  ));
}
