import { createCommand } from './command.js';
import { toConfigReport } from './config-report.js';
import { fileProblems, manifestNotes } from './file-problems.js';
import { toColumns } from './usage.js';

export const configCheck = createCommand({
  options: {},
  details: `Secrets are not printed. Files named by variables are read; no connection is opened. Exits with 1 if the
configuration is invalid, and reports every problem.`,
  async run() {
    const { rows, problems, notes } = toConfigReport(process.env);
    const width = Math.max(...rows.map(({ source }) => source.length));
    const lines = toColumns(rows.map(({ name, value, source }) => [name, `${source.padEnd(width)}  ${value}`]));
    console.log(lines.join('\n'));
    for (const note of [...notes, ...(await manifestNotes(process.env))]) console.error(`\nNote: ${note}`);
    const all = [...problems, ...(await fileProblems(process.env))];
    if (all.length === 0) {
      console.log('\nThe configuration is valid.');
      return 0;
    }
    console.error(`\nThe configuration is invalid:\n${all.map((problem) => `  - ${problem}`).join('\n')}`);
    return 1;
  },
});
