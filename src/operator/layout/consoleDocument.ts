import type { Assets } from '../../ui/assets.ts';
import { renderDesk } from '../../ui/desk.ts';
import { type FormTarget, form } from '../../ui/form.ts';
import { type Fragment, html } from '../../ui/html.ts';

const sections = {
  overview: { path: '/operator', title: 'Overview' },
  'multi-factor': { path: '/operator/multi-factor', title: 'Multi-factor' },
  users: { path: '/operator/users', title: 'Users' },
  messages: { path: '/operator/messages', title: 'Messages' },
  delivery: { path: '/operator/delivery', title: 'Delivery' },
  logs: { path: '/operator/logs', title: 'Logs' },
  applications: { path: '/operator/applications', title: 'Applications' },
} as const;

/** One page of the console. */
export interface ConsoleView {
  section: keyof typeof sections;
  /** First heading and title of the window, as text. */
  title: string;
  /** The page above this one. */
  back?: { path: string; title: string };
  /** What has just been done. */
  notice?: string | undefined;
  body: Fragment;
}

/** What every page of one answer shares. */
export interface ConsoleFrame {
  assets: Assets;
  /** The tenant's name. */
  friendlyName: string;
  /** E-mail address of who is signed in. */
  operator: string;
  signOut: FormTarget;
}

/** The whole document: a bar with the tenant, the operator and the sections, the indented cut, the page. */
export function renderConsole(frame: ConsoleFrame, view: ConsoleView): string {
  const { assets, friendlyName, operator, signOut } = frame;
  const { section, title, back, notice, body } = view;
  const button = html`<button class="bar-button" type="submit">Sign out</button>`;
  return renderDesk(
    {
      assets,
      name: friendlyName,
      kind: 'Operator console',
      navigation: 'Console',
      sections: Object.entries(sections).map(([name, of]) => ({ ...of, isCurrent: name === section })),
      tools: html`<p class="bar-operator">${operator}</p>
${form(signOut, 'sign-out', button)}`,
      scripts: ['submitOnce'],
    },
    {
      windowTitle: `${title} · ${friendlyName} console`,
      title,
      ...(back && { back }),
      body: html`${notice && html`<p class="notice" role="status">${notice}</p>`}
${body}`,
    },
  );
}
