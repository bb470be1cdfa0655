import NextAuth from 'next-auth';
import { withRefusalStatus } from '#lib/auth/sign-in-fault.ts';
import { getWebRuntime } from '#lib/runtime/web.ts';

async function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const { authOptions } = await getWebRuntime();
  return withRefusalStatus(await (NextAuth(authOptions)(request, context) as Promise<Response>));
}

export { handler as GET, handler as POST };
