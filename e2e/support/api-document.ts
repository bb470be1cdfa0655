import { apiWith } from './api.ts';

export type JsonSchema = { [key: string]: unknown };

interface DocumentedOperation {
  operationId: string;
  security: object[];
  parameters?: {
    in: 'path' | 'query' | 'header';
    name: string;
    required?: boolean;
    explode?: boolean;
    schema: JsonSchema;
  }[];
  requestBody?: { content: Record<string, { schema: JsonSchema; examples?: Record<string, { value: unknown }> }> };
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>;
}

export interface ApiDocument {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Record<string, JsonSchema> };
}

export interface ApiOperation extends Omit<DocumentedOperation, 'operationId'> {
  id: string;
  /** Upper case. */
  method: string;
  /** With its parameters in braces, below `/api/v2`. */
  path: string;
  isPublic: boolean;
}

/** The OpenAPI document that the portal serves. */
export const apiDocument = async (): Promise<ApiDocument> =>
  JSON.parse((await apiWith(null).get('/openapi.json')).text) as ApiDocument;

/** Every operation in it. */
export async function documentedOperations(document?: ApiDocument): Promise<ApiOperation[]> {
  const { paths } = document ?? (await apiDocument());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, ...operation }]) => ({
      ...operation,
      id: operationId,
      method: method.toUpperCase(),
      path,
      isPublic: operation.security.length === 0,
    })),
  );
}
