import { createOpenApiDocument, type Resources } from '#lib/http/openapi-document.ts';
import { authCookies } from '#lib/sign-in/session-cookie.ts';
import packageJson from '#package' with { type: 'json' };
import { resources } from './resources.ts';

const DESCRIPTION = `
The place where a hockey club's video lives: masters go in, clips come out, everyone sees what is theirs.

Send an API key as \`Authorization: Bearer hb_…\`. What lies outside a caller's reach does not exist for them: it is
missing from lists and counts, and answers 404. Every fault is a problem document (RFC 9457) with a stable \`code\`.
`.trim();

/**
 * The OpenAPI document of `/api/v2`.
 * @param itself the resource that serves the document, which cannot be imported here by its own import.
 * @param options.secureCookie whether browsers reach the portal by https.
 */
export const apiDocument = (itself: Resources[string], { secureCookie }: { secureCookie: boolean }) =>
  createOpenApiDocument(
    { ...resources, '/openapi.json': itself },
    {
      title: 'HeartBeat media portal',
      version: packageJson.version,
      description: DESCRIPTION,
      serverUrl: '/api/v2',
      sessionCookie: authCookies(secureCookie).sessionToken.name,
    },
  );
