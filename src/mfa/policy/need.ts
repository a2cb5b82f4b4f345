import { levelAtBest } from '../assuranceLevel.ts';
import type { Factor } from '../factor.ts';
import type { Demand } from './demands.ts';

/** What a factor has to be, to meet several demands at once. */
export interface Need {
  needsPhishingResistance: boolean;
  /** NIST SP 800-63B assurance level. */
  level: number;
}

export function needOf(demands: readonly Demand[]): Need {
  return {
    needsPhishingResistance: demands.some(({ needsPhishingResistance }) => needsPhishingResistance),
    level: Math.max(...demands.map(({ level = 1 }) => level)),
  };
}

/** Whether every second factor will do. */
export function takesAny({ needsPhishingResistance, level }: Need): boolean {
  return !needsPhishingResistance && level === 1;
}

/** Whether a proof by this factor can meet it, or by one of its methods with these states. */
export function serves(factor: Factor, need: Need, states?: readonly unknown[]): boolean {
  return (
    (factor.assurance.isPhishingResistant || !need.needsPhishingResistance) &&
    levelAtBest(factor, states) >= need.level
  );
}
