import { failAt } from "../tree/place";

export type TokenKind = "name" | "string" | "number" | "period" | "regex" | "symbol" | "end";

/** A piece of the query's text. Offsets are in UTF-16 code units. */
export interface Token {
  kind: TokenKind;
  /** As it stands in the query. */
  text: string;
  start: number;
  end: number;
  /** A string without quotes and escapes, a regex without slashes. */
  value: string;
  /** The segments of a name. Empty for all else. */
  path: readonly string[];
  /** Whether backticks were used: such a name is never a keyword. */
  quoted: boolean;
}

const SPACE_AND_COMMENTS = /(?:[\s\uFEFF]|#[^\n]*)*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w@])/y;
const PERIOD = /\d+[A-Za-z]+(?![\w@])/y;
const BARE_START = /[A-Za-z_@][\w@]*/y;
const BARE_SEGMENT = /[\w@]+/y;
const SYMBOL = /==|!=|<=|>=|=~|[=<>!+\-*/%^()[\],|.:{}$;]/y;

function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

/**
 * The token at or after `offset`; blanks and comments (`#` to the end of the line) are skipped. A slash is always a
 * symbol here: only the parser knows where a regex may stand, and asks `readRegex` for it.
 *
 * @throws CordonError `insights-syntax`
 */
export function readToken(text: string, offset: number): Token {
  const start = offset + (match(SPACE_AND_COMMENTS, text, offset)?.length ?? 0);
  const character = text[start];
  if (character === undefined) return token(text, "end", start, start);
  if (character === '"' || character === "'") return readString(text, start, character);
  if (character === "`" || match(BARE_START, text, start) !== undefined) return readName(text, start);
  if (character >= "0" && character <= "9") {
    const number = match(NUMBER, text, start);
    if (number !== undefined) return token(text, "number", start, start + number.length);
    const period = match(PERIOD, text, start);
    if (period !== undefined) return token(text, "period", start, start + period.length);
    return failAt(
      text,
      start,
      "insights-syntax",
      "this is neither a number nor a period",
      "put text in quotes",
    );
  }
  const symbol = match(SYMBOL, text, start);
  if (symbol !== undefined) return token(text, "symbol", start, start + symbol.length);
  return failAt(
    text,
    start,
    "insights-syntax",
    `unexpected ${JSON.stringify(text.slice(start, start + 1))}`,
    hintFor(character),
  );
}

/**
 * The regex literal whose opening slash stands at `start`. A slash inside brackets needs no backslash.
 *
 * @throws CordonError `insights-syntax` when it does not end
 */
export function readRegex(text: string, start: number): Token {
  let inClass = false;
  for (let index = start + 1; index < text.length; index++) {
    const character = text[index];
    if (character === "\\") index++;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "/" && !inClass) {
      return { ...token(text, "regex", start, index + 1), value: text.slice(start + 1, index) };
    }
  }
  return failAt(
    text,
    start,
    "insights-syntax",
    "the regex has no closing slash",
    "a slash inside it is written \\/",
  );
}

function token(text: string, kind: TokenKind, start: number, end: number): Token {
  return { kind, text: text.slice(start, end), start, end, value: "", path: [], quoted: false };
}

/** Escapes are a backslash before a quote or a backslash; any other backslash stands for itself. */
function readString(text: string, start: number, quote: string): Token {
  let value = "";
  for (let index = start + 1; index < text.length; index++) {
    const character = text[index];
    if (character === quote) return { ...token(text, "string", start, index + 1), value };
    const next = text[index + 1];
    if (character === "\\" && (next === '"' || next === "'" || next === "\\")) {
      value += next;
      index++;
    } else value += character;
  }
  return failAt(text, start, "insights-syntax", "the text has no closing quote", `close it with ${quote}`);
}

function readName(text: string, start: number): Token {
  const path: string[] = [];
  let index = start;
  let quoted = false;
  for (;;) {
    const bare = match(path.length === 0 ? BARE_START : BARE_SEGMENT, text, index) ?? "";
    index += bare.length;
    let segment = bare;
    // ``@`aws.tag.aws:cloudformation:stack-name` `` is one name with its at sign outside.
    if (text[index] === "`" && (bare === "" || bare === "@")) {
      const close = text.indexOf("`", index + 1);
      if (close === -1) failAt(text, index, "insights-syntax", "the name has no closing backtick");
      if (close === index + 1)
        failAt(text, index, "insights-syntax", "the name between the backticks is empty");
      segment += text.slice(index + 1, close);
      index = close + 1;
      quoted = true;
    }
    path.push(segment);
    const after = text[index + 1];
    if (text[index] !== "." || after === undefined || !(after === "`" || /[\w@]/.test(after))) break;
    index++;
  }
  return { ...token(text, "name", start, index), path, quoted };
}

function hintFor(character: string): string | undefined {
  if (character === "&") return "write and";
  if (/[\u2018-\u201f]/.test(character)) return "use straight quotes";
  return undefined;
}
