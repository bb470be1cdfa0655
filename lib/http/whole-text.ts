const texts = new WeakMap<Response, string>();

/** An answer whose body is there as a whole. Whatever sends it may ask for its text, instead of reading a stream. */
export function textResponse(text: string, init: ResponseInit): Response {
  const response = new Response(text, init);
  texts.set(response, text);
  return response;
}

/** The text of an answer that `textResponse` made; of any other `undefined`. */
export const wholeTextOf = (response: Response): string | undefined => texts.get(response);
