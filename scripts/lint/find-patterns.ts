import { type CallExpression, type NewExpression, parseSync, Visitor } from 'oxc-parser';

export interface FoundPattern {
  source: string;
  flags: string;
}

export interface FoundPatterns {
  literals: FoundPattern[];
  /** How often a pattern is made of text, whose value the source does not tell. */
  built: number;
}

/** Every regular expression of a source file: literals, wherever they stand, and calls of `RegExp`. */
export function findPatterns(file: string, text: string): FoundPatterns {
  const found: FoundPatterns = { literals: [], built: 0 };
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const countBuilt = ({ callee }: CallExpression | NewExpression) => {
    if (callee.type === 'Identifier' && callee.name === 'RegExp') found.built++;
  };
  new Visitor({
    Literal(node) {
      if ('regex' in node) found.literals.push({ source: node.regex.pattern, flags: node.regex.flags });
    },
    NewExpression: countBuilt,
    CallExpression: countBuilt,
  }).visit(program);
  return found;
}
