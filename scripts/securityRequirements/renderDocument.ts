import { requirementSections } from './requirements.ts';

const introduction = `# Security requirements

What this release promises, by the project's own numbers, each with the tests whose titles begin with it. [SECURITY.md](../SECURITY.md) says who is trusted and what is defended. The numbers have gaps: the rest belongs to what isn't built, or has no test under its number.
`;

/** The text of docs/security-requirements.md: every requirement that a test holds. */
export function renderDocument(tests: ReadonlyMap<string, readonly string[]>): string {
  const sections = requirementSections.map(({ title, requirements }) => {
    const rows = requirements.flatMap(({ id, text }) => {
      const files = tests.get(id);
      return files ? [`| ${anchor(id)}${id} | ${text} | ${files.map(linkTo).join('<br>')} |`] : [];
    });
    return [`## ${title}`, '', '| | requirement | tests |', '| --- | --- | --- |', ...rows, ''].join('\n');
  });
  return [introduction, ...sections].join('\n');
}

/** What other documents link to, as in `#s-01`. */
function anchor(id: string): string {
  return `<a id="${id.toLowerCase()}"></a>`;
}

function linkTo(file: string): string {
  return `[${file}](../${file})`;
}
