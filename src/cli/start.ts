import { createCommand } from './command.js';

export const start = createCommand({
  options: {},
  details: `Exits with 78 where the configuration is wrong, and with 1 where it cannot listen. On SIGTERM or SIGINT it
finishes what is under way and exits with 0, or with 1 where connections had to be cut.`,
  async run() {
    await import('../main.js');
    return 0;
  },
});
