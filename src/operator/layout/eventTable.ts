import type { LoggedEvent } from '../../logs/readLog.ts';
import { type Fragment, html, type Markup } from '../../ui/html.ts';
import { badge, type Tone } from './badge.ts';
import { type Column, dataTable } from './dataTable.ts';
import { timeElement } from './timeElement.ts';

const time: Column<LoggedEvent> = {
  title: 'Time (UTC)',
  cell: (event) => html`<a href="/operator/logs/${event.id}">${timeElement(event.date)}</a>`,
};
const what: Column<LoggedEvent> = {
  title: 'Event',
  cell: (event) =>
    html`${event.description} <span class="event-code">${badge(event.type, toneOf(event.type))}</span>`,
};
const user: Column<LoggedEvent> = { title: 'User', cell: userLink, isExtra: true };
const application: Column<LoggedEvent> = {
  title: 'Application',
  cell: ({ clientName, clientId }) => clientName ?? clientId,
  isExtra: true,
};
const address: Column<LoggedEvent> = {
  title: 'Address',
  cell: ({ ip }) => ip && html`<span class="address">${ip}</span>`,
  isExtra: true,
};

/** Events as a list. `of` a user leaves out who it is about. */
export function eventTable(caption: string, events: readonly LoggedEvent[], of?: 'user'): Markup {
  const columns =
    of === 'user' ? [time, what, application, address] : [time, what, user, application, address];
  return dataTable(caption, columns, events, 'No events.');
}

/** The person an event is about, by whatever name the log has. */
export function userLink({ userId, userName }: LoggedEvent): Fragment {
  if (userId === undefined) return userName;
  return html`<a href="/operator/users/${encodeURIComponent(userId)}">${userName ?? userId}</a>`;
}

const failed = /^(f|limit_|gd_.*(failed|rejected|exceed)$|ferrt$)/;

/** Auth0's codes of failures begin with an f, or say so at their end. */
function toneOf(type: string): Tone {
  return failed.test(type) ? 'bad' : 'plain';
}
