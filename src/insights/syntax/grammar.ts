import type {
  Command,
  DedupCommand,
  ExpandCommand,
  FieldsCommand,
  FilterCommand,
  Item,
  LimitCommand,
  OpaqueCommand,
  ParseCommand,
  ParsePattern,
  SortCommand,
  SortKey,
  StatsCommand,
  UnnestCommand,
} from "../tree/ast";
import type { ExpressionParser } from "./expressions";
import type { TokenStream } from "./token-stream";

/** Reads a command whose keyword, which stands at `at`, has been taken. */
export type Grammar = (tokens: TokenStream, expressions: ExpressionParser, at: number) => Command;

/** Rows that a query may ask for (CWL_QuerySyntax-Limit). */
export const MAX_LIMIT = 100_000;

function list<T>(tokens: TokenStream, parse: () => T): T[] {
  const items = [parse()];
  while (tokens.acceptSymbol(",")) items.push(parse());
  return items;
}

function item(tokens: TokenStream, expressions: ExpressionParser): Item {
  const expression = expressions.expression();
  return {
    expression,
    ...(tokens.acceptWord("as") && { alias: expressions.name() }),
    at: expression.at,
  };
}

export function fields(kind: FieldsCommand["kind"]): Grammar {
  return (tokens, expressions, at) => ({ kind, items: list(tokens, () => item(tokens, expressions)), at });
}

export function filter(kind: FilterCommand["kind"]): Grammar {
  return (_tokens, expressions, at) => ({ kind, condition: expressions.expression(), at });
}

export const parse: Grammar = (tokens, expressions, at): ParseCommand => {
  const hasSource = tokens.next.kind !== "string" && !tokens.isSymbol("/") && !startsList(tokens);
  const source = hasSource ? expressions.operand() : undefined;
  return { kind: "parse", ...(source && { source }), pattern: parsePattern(tokens, expressions), at };
};

/** `logfmt as` and `csv as`; followed by anything else, these are fields. */
function startsList(tokens: TokenStream): boolean {
  return (tokens.isWord("logfmt") || tokens.isWord("csv")) && tokens.peekAfter().text.toLowerCase() === "as";
}

function parsePattern(tokens: TokenStream, expressions: ExpressionParser): ParsePattern {
  const { at } = tokens;
  const aliases = (): string[] => {
    if (!tokens.acceptWord("as")) tokens.fail("as and a name for each part");
    return list(tokens, () => expressions.name());
  };
  if (tokens.next.kind === "string") {
    const glob = expressions.string("").value;
    return { kind: "glob", glob, aliases: aliases(), at };
  }
  const regex = expressions.acceptRegex();
  if (regex !== undefined) {
    const names = tokens.isWord("as") ? aliases() : [];
    return { kind: "regex", regex, aliases: names, multi: tokens.acceptWord("multi"), at };
  }
  if (tokens.acceptWord("logfmt")) return { kind: "logfmt", aliases: aliases(), at };
  if (tokens.acceptWord("csv")) return { kind: "csv", aliases: aliases(), at };
  if (!tokens.acceptWord("xml")) tokens.fail("a quoted pattern with *, or a /regex/, after parse");
  const path = expressions.string("a quoted path after xml").value;
  return { kind: "xml", path, aliases: aliases(), at };
}

export const stats: Grammar = (tokens, expressions, at): StatsCommand => {
  const aggregates = list(tokens, () => item(tokens, expressions));
  const by = tokens.acceptWord("by") ? list(tokens, () => item(tokens, expressions)) : [];
  const offset = tokens.acceptWord("offset") ? expressions.period() : undefined;
  return { kind: "stats", aggregates, by, ...(offset && { offset }), at };
};

export const sort: Grammar = (tokens, expressions, at): SortCommand => {
  tokens.acceptWord("by");
  return {
    kind: "sort",
    keys: list(tokens, (): SortKey => {
      const expression = expressions.expression();
      if (tokens.acceptWord("desc")) return { expression, direction: "desc" };
      tokens.acceptWord("asc");
      return { expression, direction: "asc" };
    }),
    at,
  };
};

export const limit: Grammar = (tokens, _expressions, at): LimitCommand => {
  const any = tokens.acceptWord("any");
  const { text, kind, start } = tokens.next;
  if (kind !== "number" || !/^\d+$/.test(text)) tokens.fail("a whole number after limit");
  tokens.take();
  const count = Number(text);
  if (count < 1 || count > MAX_LIMIT) {
    tokens.failAt(start, "insights-limit", `${text} is not a limit from 1 to ${MAX_LIMIT}`);
  }
  return { kind: "limit", any, count, at };
};

export const dedup: Grammar = (tokens, expressions, at): DedupCommand => ({
  kind: "dedup",
  fields: list(tokens, () => expressions.field()),
  at,
});

export const unnest: Grammar = (tokens, expressions, at): UnnestCommand => {
  const expression = expressions.operand();
  if (!tokens.acceptWord("into")) tokens.fail("into and a name after what is unnested");
  return { kind: "unnest", expression, alias: expressions.name(), at };
};

export const expand: Grammar = (_tokens, expressions, at): ExpandCommand => ({
  kind: "expand",
  field: expressions.field(),
  at,
});

/**
 * A command that is only recognised: everything up to the next `|` outside parentheses. Quotes, backticks, brackets
 * and parentheses must be closed.
 */
export function opaque(name: string): Grammar {
  return (tokens, _expressions, at): OpaqueCommand => {
    const pieces: string[] = [];
    const open: string[] = [];
    while (tokens.next.kind !== "end") {
      if (open.length === 0 && (tokens.isSymbol("|") || tokens.isSymbol(")"))) break;
      const { text } = tokens.take();
      if (text === "(" || text === "[") open.push(text === "(" ? ")" : "]");
      else if (text === ")" || text === "]") {
        if (open.pop() !== text) tokens.failAt(at, "insights-syntax", `${text} closes nothing in ${name}`);
      }
      pieces.push(text);
    }
    const missing = open.pop();
    if (missing !== undefined) tokens.fail(missing);
    return { kind: "opaque", name, text: pieces.join(" "), at };
  };
}
