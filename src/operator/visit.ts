import type { FastifyReply, FastifyRequest } from 'fastify';
import type { User } from '../accounts/users.ts';
import { readTenantSettings, type TenantSettings } from '../tenant/tenantSettings.ts';
import type { FormTarget } from '../ui/form.ts';
import { formTokenField, formTokenOf, isOwnForm } from '../ui/formToken.ts';
import { renderSlip, type View } from '../ui/slip.ts';
import { boxName } from './layout/boxName.ts';
import { type ConsoleView, renderConsole } from './layout/consoleDocument.ts';
import type { OperatorConsole } from './operatorConsole.ts';
import type { OperatorSession } from './session/operatorSessions.ts';

/** One request to a page of the console's, whoever asks. */
export class Visit {
  readonly parts: OperatorConsole;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;

  constructor(parts: OperatorConsole, request: FastifyRequest, reply: FastifyReply) {
    this.parts = parts;
    this.request = request;
    this.reply = reply;
  }

  /** A field of the posted form; undefined when it is missing or empty. */
  field(name: string): string | undefined {
    return textOf((this.request.body as Record<string, unknown> | undefined)?.[name]);
  }

  /** Values of the boxes that were ticked in a list, in the order of the page; see `boxName`. */
  ticked(list: string): string[] {
    const names = Object.keys((this.request.body as Record<string, unknown> | undefined) ?? {});
    const start = boxName(list, '');
    return names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
  }

  /** A parameter of the address; undefined when it is missing or empty. */
  parameter(name: string): string | undefined {
    return textOf((this.request.query as Record<string, unknown>)[name]);
  }

  /** A part of the path, as the route names it. */
  segment(name: string): string {
    return textOf((this.request.params as Record<string, unknown>)[name]) ?? '';
  }

  settings(): Promise<TenantSettings> {
    return readTenantSettings(this.parts.database.db);
  }

  /** Answers with a page that has one thing to say or to ask. */
  async showSlip(status: number, view: View): Promise<FastifyReply> {
    const { friendlyName } = await this.settings();
    return this.sendSlip(status, friendlyName, view);
  }

  /** The same under a name that is known already. */
  sendSlip(status: number, name: string, view: View): FastifyReply {
    const { assets } = this.parts;
    return this.send(status, renderSlip({ assets, locale: 'en', direction: 'ltr', name }, view));
  }

  /** Goes on to another page of the console; after a form too. */
  goTo(path: string): FastifyReply {
    return this.reply.redirect(path, 303);
  }

  setCookies(...cookies: string[]): void {
    this.reply.header('set-cookie', cookies);
  }

  /** @param subject what the form belongs to; the token is worth nothing for anything else */
  formFor(subject: string, action: string, hidden: Readonly<Record<string, string>> = {}): FormTarget {
    return { action, hidden: { ...hidden, [formTokenField]: formTokenOf(this.parts.vault, subject) } };
  }

  /** Whether the posted form is ours, and of this subject (S-87). */
  isOwnForm(subject: string): boolean {
    const { vault, publicUrl } = this.parts;
    return isOwnForm(this.request, this.field(formTokenField), formTokenOf(vault, subject), publicUrl);
  }

  protected send(status: number, document: string): FastifyReply {
    return this.reply.code(status).type('text/html; charset=utf-8').send(document);
  }
}

/** A request of an operator who is signed in. */
export class OperatorVisit extends Visit {
  readonly session: OperatorSession;

  constructor(visit: Visit, session: OperatorSession) {
    super(visit.parts, visit.request, visit.reply);
    this.session = session;
  }

  get operator(): User {
    return this.session.operator;
  }

  /** Answers with a page of the console. */
  async show(view: ConsoleView, status = 200): Promise<FastifyReply> {
    const { assets } = this.parts;
    const { friendlyName } = await this.settings();
    const signOut = this.formTo('/operator/sign-out');
    return this.send(
      status,
      renderConsole({ assets, friendlyName, operator: this.operator.email, signOut }, view),
    );
  }

  /** A form that is posted to a page of the console, in this session only. */
  formTo(action: string, hidden: Readonly<Record<string, string>> = {}): FormTarget {
    return this.formFor(this.#formSubject, action, hidden);
  }

  isFormOfSession(): boolean {
    return this.isOwnForm(this.#formSubject);
  }

  get #formSubject(): string {
    return `operator-session:${this.session.id}`;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
