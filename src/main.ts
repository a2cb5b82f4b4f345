import { runCommandLine } from './cli/runCommandLine.ts';

// Whatever is written holds secrets or people's data: for its owner only.
process.umask(0o077);

// Whoever read the output has enough of it: `countersign log list | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  input: process.stdin,
  environment: process.env,
});
