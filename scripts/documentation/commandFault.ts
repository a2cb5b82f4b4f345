import type { Command } from 'commander';

/** What is wrong with a call of our command, or undefined: its name, its options, its number of words. */
export function commandFault(program: Command, words: readonly string[]): string | undefined {
  let command = program;
  let rest = [...words];
  while (command.commands.length > 0) {
    const [name = ''] = rest;
    const found = command.commands.find((candidate) => candidate.name() === name);
    if (!found) return `there is no command ${name}`;
    command = found;
    rest = rest.slice(1);
  }
  const values: string[] = [];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('--')) values.push(word);
    else {
      const name = word.split('=')[0];
      const option = command.options.find(({ long }) => long === name);
      if (!option) return `${command.name()} has no option ${name}`;
      if (option.required && !word.includes('=')) rest.shift();
    }
  }
  const { registeredArguments } = command;
  const least = registeredArguments.filter(({ required }) => required).length;
  const most = registeredArguments.some(({ variadic }) => variadic) ? Infinity : registeredArguments.length;
  const isFitting = values.length >= least && values.length <= most;
  return isFitting ? undefined : `${command.name()} doesn’t take ${values.length} words: ${values.join(' ')}`;
}
