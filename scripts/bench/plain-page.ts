import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PlainPage {
  /** A page with one link. */
  url: string;
  close(): Promise<void>;
}

const page = (body: string) => `<!doctype html><meta charset="utf-8"><title>plain</title><body>${body}`;

/** The least that a video can be: a page whose link leads to a page with nothing but `<video autoplay src>`. */
export async function servePlainPage(src: string): Promise<PlainPage> {
  const video = `<video autoplay src="${src.replaceAll('&', '&amp;')}"></video>`;
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.setHeader('Cache-Control', 'no-store');
    response.end(page(request.url === '/video' ? video : '<a href="/video">play</a>'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
