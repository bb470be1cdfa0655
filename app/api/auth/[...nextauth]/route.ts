import NextAuth, { type NextAuthOptions } from 'next-auth';
import { parseCookies } from '#lib/http/parse-cookies.ts';
import { problemResponse, requestIdOf } from '#lib/http/problem.ts';
import { refuseNulBody, refuseNulUrl } from '#lib/http/read-input.ts';
import { addressIn, withRequestFacts } from '#lib/request-facts.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';
import { nextAuthOptions } from '#lib/sign-in/next-auth-options.ts';
import { withRefusalStatus } from '#lib/sign-in/sign-in-fault.ts';

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth takes a log-out for done whatever became of it; the fault that kept a session from ending is thrown here. */
async function answer(options: NextAuthOptions, request: Request, context: Context): Promise<Response> {
  refuseNulUrl(new URL(request.url));
  if (request.method === 'POST') await refuseNulBody(request);
  const faults: unknown[] = [];
  const signOut: NonNullable<NextAuthOptions['events']>['signOut'] = async (message) => {
    await Promise.resolve(options.events?.signOut?.(message)).catch((fault: unknown) => faults.push(fault));
  };
  const events = { ...options.events, signOut };
  const response = (await NextAuth({ ...options, events })(request, context)) as Response;
  if (faults.length > 0) throw faults[0];
  return withRefusalStatus(response);
}

async function handler(request: Request, context: Context): Promise<Response> {
  const { deps, auth, deviceCookie, logger } = await getWebRuntime();
  const device = deviceCookie.read(parseCookies(request.headers.get('cookie'))) ?? deviceCookie.make();
  const facts = { requestId: requestIdOf(request.headers.get('x-request-id')), ip: addressIn(request.headers), device };
  return withRequestFacts(facts, async () => {
    try {
      const response = await answer(nextAuthOptions(deps, auth), request, context);
      const { nextauth } = await context.params;
      if (nextauth.join('/') === 'callback/credentials') deviceCookie.remember(response, device);
      return response;
    } catch (fault) {
      return problemResponse(fault, request, facts.requestId, logger);
    }
  });
}

export { handler as GET, handler as POST };
