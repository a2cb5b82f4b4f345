import { describe, expect, it } from 'vitest';
import { originProblem, redirectUrlProblem } from './urlRules.ts';

describe('redirect URLs', () => {
  it.each([
    'https://app.example.com/callback',
    'https://app.example.com/callback?tenant=1',
    'http://localhost:3000/callback',
    'http://127.0.0.1/cb',
    'http://[::1]:8080/cb',
  ])('accepts %s for a web application', (url) => {
    expect(redirectUrlProblem(url, 'spa')).toBeUndefined();
  });

  it.each([
    'com.example.app://tenant.example.com/ios/callback',
    'http://127.0.0.1/cb',
    'https://app.example.com/cb',
  ])('accepts %s for a native application', (url) => {
    expect(redirectUrlProblem(url, 'native')).toBeUndefined();
  });

  it.each([
    '',
    '/callback',
    '//app.example.com/callback',
    'app.example.com/callback',
    'https://',
    'https://app.example.com/callback#',
    'https://app.example.com/callback#top',
    'https://*.example.com/callback',
    'https://app.example.com/*',
    'https://user:secret@app.example.com/callback',
    'https://app.example.com\\@evil.example/callback',
    'https://app.example.com/call back',
    'https://app.example.com/\u0000',
    'https://app.example.com/\r\nLocation: https://evil.example',
    'http://app.example.com/callback',
    'http://localhost.evil.example/callback',
    'javascript:alert(1)//https://app.example.com',
    'data:text/html,hello',
    'file:///etc/passwd',
    'com.example.app://callback',
    `https://app.example.com/${'a'.repeat(2048)}`,
  ])('S-68 refuses to register %j for a web application', (url) => {
    expect(redirectUrlProblem(url, 'regular_web')).toBeTypeOf('string');
  });

  it.each([
    'https://localhost/cb',
    'http://192.0.2.1/cb',
    'http://app.localhost/cb',
    'javascript:alert(1)',
    'vbscript:x',
  ])('S-68 refuses to register %j for a native application', (url) => {
    expect(redirectUrlProblem(url, 'native')).toBeTypeOf('string');
  });
});

describe('origins', () => {
  it.each(['https://app.example.com', 'http://localhost:3000', 'capacitor://localhost'])(
    'accepts %s',
    (origin) => {
      expect(originProblem(origin)).toBeUndefined();
    },
  );

  it.each([
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://*.example.com',
    'app.example.com',
    'null',
    '*',
  ])('refuses %s', (origin) => {
    expect(originProblem(origin)).toBeTypeOf('string');
  });
});
