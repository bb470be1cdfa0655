import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RequestLog {
  origin: string;
  /** `METHOD /path?query` of every request that reached the server, oldest first. */
  lines: string[];
  close(): Promise<void>;
}

/** Stands before a server on this machine and writes down what reaches it: what a browser has in its cache does not. */
export async function startRequestLog(port: number): Promise<RequestLog> {
  const lines: string[] = [];
  const server = createServer((request, response) => {
    const { method, url = '/', headers } = request;
    lines.push(`${method} ${url}`);
    const onward = ask({ host: '127.0.0.1', port, method, path: url, headers });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    lines,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
