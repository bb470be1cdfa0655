import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer } from './api.ts';
import type { ApiDocument, ApiOperation, JsonSchema } from './api-document.ts';

export type ResponseCheck = (operation: ApiOperation, answer: Answer) => string | null;

/** What in an answer differs from what the document promises, or `null`. */
export function responseCheckOf(document: ApiDocument): ResponseCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const compiled = new Map<JsonSchema, ValidateFunction>();
  const validatorOf = (schema: JsonSchema): ValidateFunction => {
    const known = compiled.get(schema) ?? ajv.compile({ ...schema, components: document.components });
    compiled.set(schema, known);
    return known;
  };

  return (operation, { status, headers, text, json }) => {
    const promised = operation.responses[status];
    if (!promised) return `the status ${status} is not in the document: ${text.slice(0, 300)}`;
    const type = headers.get('content-type')?.split(';')[0]?.trim() ?? '';
    if (!promised.content) return text === '' ? null : `a body where none is promised: ${text.slice(0, 300)}`;
    const content = promised.content[type];
    if (!content) return `the media type ${type || '(none)'} is not in the document`;
    if (!type.endsWith('json')) return null;
    const validate = validatorOf(content.schema);
    return validate(json) ? null : `${ajv.errorsText(validate.errors)} in ${text.slice(0, 300)}`;
  };
}
