import type { TemplateKey, TemplateParts } from './templateKey.ts';

/** Where the operator's own templates come from. */
export interface TemplateSource {
  /** The operator's template for a message in a language, if there is one. `language` is a primary tag, `pt`. */
  find(key: TemplateKey, language: string): Promise<TemplateParts | undefined>;
  /** Told when such a template could not be used; the message then goes out in our own words. */
  report(key: TemplateKey, language: string, error: unknown): Promise<void>;
}

/** Our own words for everything. */
export const ownTemplates: TemplateSource = {
  find: () => Promise.resolve(undefined),
  report: () => Promise.resolve(),
};
