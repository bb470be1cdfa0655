import type { UploadReply, UploadTransport } from '#lib/storage/upload/transport.ts';

/** What the store lets the page see; asking for any other header by its name puts an error on the console. */
function headersOf(xhr: XMLHttpRequest): Headers {
  const lines = xhr.getAllResponseHeaders().split('\r\n').filter(Boolean);
  return new Headers(lines.map((line): [string, string] => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*:/, '')]));
}

function replyOf(xhr: XMLHttpRequest): UploadReply {
  const headers = headersOf(xhr);
  const { status, responseText: body } = xhr;
  return { status, range: headers.get('Range'), retryAfter: headers.get('Retry-After'), body };
}

/** The browser's transport: only `XMLHttpRequest` tells how much of a chunk has left the machine. */
export const xhrTransport: UploadTransport = ({ url, contentRange, body, signal, onSent }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const xhr = new XMLHttpRequest();
    const abort = () => xhr.abort();
    const settle = (how: () => void) => () => {
      signal.removeEventListener('abort', abort);
      how();
    };
    xhr.open('PUT', url);
    if (contentRange !== null) xhr.setRequestHeader('Content-Range', contentRange);
    xhr.upload.onprogress = (event) => onSent(event.loaded);
    xhr.onload = settle(() => resolve(replyOf(xhr)));
    xhr.onerror = settle(() => reject(new TypeError('The network request failed.')));
    xhr.ontimeout = xhr.onerror;
    xhr.onabort = settle(() => reject(signal.reason));
    signal.addEventListener('abort', abort, { once: true });
    xhr.send(body);
  });
