#!/usr/bin/env node
import { COMMANDS } from './commands.js';
import { runCli } from './run-cli.js';

// Anyone who reads may stop before the end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const exitCode = await runCli(process.argv.slice(2), COMMANDS);
// What keeps running decides on its exit code itself.
if (exitCode !== 0) process.exitCode = exitCode;
