import { createCommand } from './command.js';
import { toConfigReport } from './config-report.js';
import { fileProblems } from './file-problems.js';
import { toColumns } from './usage.js';

export const configCheck = createCommand({
  options: {},
  details: `Secrets are not printed. Files that variables name are read; nothing is connected to. Exits with 1 where the
configuration is wrong, and names every problem.`,
  async run() {
    const { rows, problems, lookalikes } = toConfigReport(process.env);
    const width = Math.max(...rows.map(({ source }) => source.length));
    const lines = toColumns(rows.map(({ name, value, source }) => [name, `${source.padEnd(width)}  ${value}`]));
    console.log(lines.join('\n'));
    for (const { name, meant } of lookalikes) {
      console.error(`\nNote: ${name} is no variable of the gateway. Is ${meant} meant?`);
    }
    const all = [...problems, ...(await fileProblems(process.env))];
    if (all.length === 0) {
      console.log('\nThe configuration is right.');
      return 0;
    }
    console.error(`\nThe configuration is wrong:\n${all.map((problem) => `  - ${problem}`).join('\n')}`);
    return 1;
  },
});
