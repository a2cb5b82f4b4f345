/**
 * Numbers below a bound, the same at every run, so that a failing walk can be walked again (a linear congruence,
 * Numerical Recipes).
 */
export function randomNumbers(seed: number): (below: number) => number {
  let value = seed >>> 0;
  return (below) => {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((value / 2 ** 32) * below);
  };
}
