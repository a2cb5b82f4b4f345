import type { Clock } from '../../config/clock.ts';
import type { Db } from '../../database/database.ts';
import { recordEvent } from '../../logs/tenantLog.ts';
import { templateInForce } from './storedTemplates.ts';
import { templateProblem } from './templateProblem.ts';
import type { TemplateSource } from './templateSource.ts';

const silenceMs = 10 * 60 * 1000;

/**
 * The operator's templates as they are stored. One that can't be used is told to the tenant log, each at most
 * once in ten minutes and node: a thousand messages with one broken template are one piece of news.
 */
export function storedTemplateSource(db: Db, clock: Clock): TemplateSource {
  const reported = new Map<string, number>();
  return {
    find: (key, language) => templateInForce(db, key, language),
    report: async ({ channel, name }, language, error) => {
      const place = `${channel} ${name} ${language}`;
      if ((reported.get(place) ?? Number.NEGATIVE_INFINITY) > clock() - silenceMs) return;
      reported.set(place, clock());
      await recordEvent(db, clock, {
        type: 'w',
        description: 'A message template could not be used; our own text was sent',
        details: { channel, template: name, language, problem: templateProblem(error) },
      });
    },
  };
}
