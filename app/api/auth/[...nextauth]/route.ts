import NextAuth from 'next-auth';
import { withRefusalStatus } from '#lib/auth/sign-in-fault.ts';
import { requestIdOf } from '#lib/http/problem.ts';
import { addressIn, withRequestFacts } from '#lib/request-facts.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';

async function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const { authOptions } = await getWebRuntime();
  const facts = { requestId: requestIdOf(request), ip: addressIn(request.headers) };
  const answer = await withRequestFacts(facts, () => NextAuth(authOptions)(request, context) as Promise<Response>);
  return withRefusalStatus(answer);
}

export { handler as GET, handler as POST };
