/**
 * What there is in a language: the exact tag, else its language, else English.
 *
 * @param tag BCP 47, as browsers send it
 */
export function inLanguage<Text>(texts: { readonly en: Text }, tag = 'en'): Text {
  const found = [tag, tag.split('-')[0] ?? tag].find((one) => Object.hasOwn(texts, one));
  return (texts as Readonly<Record<string, Text>>)[found ?? 'en'] ?? texts.en;
}
