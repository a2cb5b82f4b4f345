/** Values for the placeholders of texts: `clientName`, `companyName`, `email` … */
export type TextVariables = Readonly<Record<string, string | undefined>>;

/** Fills `${name}` placeholders; an unknown one leaves nothing. The result is text, to be escaped as such. */
export function fillText(text: string, variables: TextVariables): string {
  return text.replace(/\$\{(\w+)\}/g, (_placeholder, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name] ?? '') : '',
  );
}
