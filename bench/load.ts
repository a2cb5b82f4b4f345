import { Agent, request } from 'node:http';
import { type Figures, figuresOf } from './figures.ts';

/** A form to post to a path of the server under load. */
export interface FormPost {
  path: string;
  fields: Record<string, string>;
}

/** Runs every job once, `connections` of them at a time, and measures each. */
export async function measure(jobs: readonly (() => Promise<void>)[], connections: number): Promise<Figures> {
  const latencies: number[] = [];
  let next = 0;
  const work = async () => {
    for (let job = jobs[next++]; job; job = jobs[next++]) {
      const began = performance.now();
      await job();
      latencies.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, work));
  return figuresOf(latencies, performance.now() - began);
}

/** Posts forms over kept-alive connections. @throws when an answer isn't 200. */
export function formPoster(port: number, connections: number): (post: FormPost) => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return ({ path, fields }) =>
    new Promise((resolve, reject) => {
      const body = new URLSearchParams(fields).toString();
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
      };
      const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`${path} answered ${answer.statusCode}: ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
}
