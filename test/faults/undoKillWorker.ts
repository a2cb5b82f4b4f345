import { writeSync } from 'node:fs';
import { type DatabaseTarget, openDatabase } from '../../src/database/database.ts';
import { context, createTestEngine } from '../support/engine.ts';
import { killAtStatement } from './killAtStatement.ts';

/**
 * Undoes a change by its link, and tells when that was answered, until this process kills itself at the n-th
 * statement it sends to the database. With n = 0 it lives and tells the count.
 */
const [, , target, key, ticket, killAt] = process.argv as [string, string, string, string, string, string];
const statements = killAtStatement(Number(killAt));
const parsed = JSON.parse(target) as DatabaseTarget;
const database = Object.assign(await openDatabase(parsed), { target: parsed });
const house = await createTestEngine(database, undefined, Buffer.from(key, 'base64'));
statements.restart();
const { outcome } = await house.engine.changes.undo(ticket, context);
// Synchronous, so that nothing is told after the kill and nothing is lost before it.
writeSync(1, `${outcome} ${statements.sent}\n`);
await database.close();
