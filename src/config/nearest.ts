/** Fewer mistakes than a third of the word: more make it another word. */
const mistakesPerLetter = 1 / 3;

/** The choice that a mistyped word most likely stands for; undefined when none is near. */
export function nearest(word: string, choices: readonly string[]): string | undefined {
  const ranked = choices
    .map((choice) => ({ choice, mistakes: countMistakes(word, choice) }))
    .filter(({ choice, mistakes }) => mistakes <= Math.max(1, choice.length * mistakesPerLetter))
    .sort((a, b) => a.mistakes - b.mistakes);
  return ranked[0]?.choice;
}

/** Letters that were left out, added, replaced or swapped with their neighbour, whatever their case. */
function countMistakes(word: string, choice: string): number {
  const [from, to] = [word.toLowerCase(), choice.toLowerCase()];
  const rows: number[][] = [];
  const at = (i: number, j: number) => (i === 0 || j === 0 ? i + j : (rows[i]?.[j] ?? 0));
  for (let i = 1; i <= from.length; i += 1) {
    const row: number[] = [];
    rows[i] = row;
    for (let j = 1; j <= to.length; j += 1) {
      const isSame = from[i - 1] === to[j - 1];
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (isSame ? 0 : 1),
        isSwapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return at(from.length, to.length);
}
