import { createCommand } from './command.js';

export const start = createCommand({
  options: {},
  details: `Without UPSTREAM_URL it serves the embedded sandbox. All settings are environment variables; 'config check' prints them.

Exits with 78 if the configuration is invalid, and with 1 if it cannot listen. On SIGTERM, SIGINT or SIGHUP it finishes
requests in progress and exits with 0, or with 1 if connections had to be closed.`,
  async run() {
    await import('../main.js');
    return 0;
  },
});
