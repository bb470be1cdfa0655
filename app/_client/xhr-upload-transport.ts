import type { UploadReply, UploadTransport } from '#lib/storage/upload-transport.ts';

const replyOf = (xhr: XMLHttpRequest): UploadReply => ({
  status: xhr.status,
  range: xhr.getResponseHeader('Range'),
  retryAfter: xhr.getResponseHeader('Retry-After'),
  body: xhr.responseText,
});

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
