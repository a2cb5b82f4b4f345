import { DatabaseSync } from 'node:sqlite';
import { hash, verify } from '@node-rs/argon2';
import { fastify } from 'fastify';
import { generateKeyPair, SignJWT } from 'jose';

/**
 * The limit to measure against: a bare Fastify that does nothing but what no server of this contract can
 * leave out. `/grant` parses a form, signs two RS256 tokens and commits one row to the disk; `/page`
 * answers a page's worth of HTML; `/form` parses a form, checks one argon2id hash if told to, and
 * commits one row.
 */
const [, , file, port] = process.argv as [string, string, string, string];
const database = new DatabaseSync(file);
database.exec('pragma journal_mode = wal; pragma synchronous = full');
database.exec('create table rows (id integer primary key, value text not null)');
const insert = database.prepare('insert into rows (value) values (?)');
const row = 'x'.repeat(400);

const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
const sign = () =>
  new SignJWT({ sub: 'auth0|0123456789abcdef01234567', sid: 'x'.repeat(22), amr: ['mfa', 'pwd', 'otp'] })
    .setProtectedHeader({ alg: 'RS256', kid: 'x'.repeat(43), typ: 'JWT' })
    .setIssuer('http://localhost:3000/')
    .setAudience('https://api.example.com/')
    .setIssuedAt()
    .setExpirationTime('1d')
    .sign(privateKey);
const passwordHash = await hash('correct horse battery staple', {
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
});
const page = '<p>x</p>'.repeat(500);

const app = fastify();
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, Object.fromEntries(new URLSearchParams(body as string))),
);
app.post('/grant', async () => {
  const [accessToken, idToken] = await Promise.all([sign(), sign()]);
  insert.run(row);
  return {
    access_token: accessToken,
    id_token: idToken,
    token_type: 'Bearer',
    expires_in: 86_400,
    scope: 'openid',
  };
});
app.get('/page', async (_request, reply) => reply.type('text/html').send(page));
app.post('/form', async (request) => {
  const { password } = request.body as { password?: string };
  if (password !== undefined && !(await verify(passwordHash, password))) throw new Error('wrong password');
  insert.run(row);
  return {};
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
console.log('ready');
