import findMyWay from 'find-my-way';
import type { Method, Resource } from './define-resource.ts';
import type { WebHandler } from './node-http-bridge.ts';
import type { Resources } from './openapi-document.ts';

/** Longer than any URL that the server lets in: what a name may measure, its schema says. */
const MAX_PARAMETER_CHARS = 10_000;

/**
 * Answers requests by a table of resources: `/clips/{clip_id}` below the base, a plain segment before a parameter
 * (OpenAPI 3.1, "Path Templating Matching"), with or without a slash at the end.
 *
 * @param nowhere answers for every path that is no resource.
 */
export function serveResources(base: string, resources: Resources, nowhere: Resource): WebHandler {
  const paths = findMyWay({ ignoreTrailingSlash: true, maxParamLength: MAX_PARAMETER_CHARS });
  for (const [template, resource] of Object.entries(resources)) {
    paths.on('GET', `${base}${template.replaceAll('{', ':').replaceAll('}', '')}`, () => {}, resource);
  }
  return async (request) => {
    const found = paths.find('GET', new URL(request.url).pathname);
    const resource: Partial<Resource> = found?.store ?? nowhere;
    // HEAD is its GET, whose body the server leaves out.
    const handle = resource[request.method === 'HEAD' ? 'GET' : (request.method as Method)];
    if (!handle) throw new Error(`no handler for ${request.method}`);
    return handle(request, { params: Promise.resolve(found?.params ?? {}) });
  };
}
