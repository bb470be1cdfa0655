import { getWebRuntime } from '#lib/runtime/web.ts';
import { handleObjectRequest } from '#lib/storage/disk-http.ts';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

interface RouteContext {
  params: Promise<{ key: string[] }>;
}

/** `/api/objects/{bucket}/{key…}`: only there when the portal runs on the disk store. */
async function serveObject(request: Request, { params }: RouteContext): Promise<Response> {
  const [[bucket = '', ...segments], { diskStore }] = await Promise.all([
    params.then((value) => value.key),
    getWebRuntime(),
  ]);
  if (!diskStore) return new Response(null, { status: 404 });
  return handleObjectRequest(diskStore, request, { bucket, key: segments.join('/') });
}

export { serveObject as DELETE, serveObject as GET, serveObject as HEAD, serveObject as OPTIONS, serveObject as PUT };
