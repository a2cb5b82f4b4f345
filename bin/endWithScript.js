/**
 * Where this runs as a script of npm, stops with it. npm hands a request to stop to the shell between the two,
 * and not every shell hands it on: it ends, and the server would run on by itself.
 */
export function endWithScript() {
  if (!process.env.npm_lifecycle_script?.includes('countersign')) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  watch.unref();
}
