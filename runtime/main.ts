#!/usr/bin/env node
import { runCommandLine } from './commands/program.ts';

// `stackbridge plan … | head` closes the pipe early, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

await runCommandLine(process.argv.slice(2));
