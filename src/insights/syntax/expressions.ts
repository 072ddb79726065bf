import type { FunctionDefinition, Parameter } from "../functions/definition";
import { findFunction, functionNames } from "../functions/table";
import type { ArithmeticOperator, Call, ComparisonOperator, Expression, In, Subquery } from "../tree/ast";
import { RESERVED } from "../tree/names";
import { LiteralParser } from "./literals";
import { suggestion } from "./suggestion";
import { type TokenStream, wordOf } from "./token-stream";

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  "=": "=",
  "==": "=",
  "!=": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};

/**
 * The grammar of expressions, from the loosest operator to the tightest: or, and, not, comparisons, + and -,
 * * and / and %, ^, unary minus. AWS documents no precedence; this is the usual one.
 */
export class ExpressionParser extends LiteralParser {
  constructor(
    tokens: TokenStream,
    private readonly parseSubquery: () => Subquery,
  ) {
    super(tokens);
  }

  expression(): Expression {
    return this.tokens.nested(() => this.logical("or", () => this.logical("and", () => this.not())));
  }

  /** A field, a literal, a call, or something in parentheses, with what is taken from it. */
  operand(): Expression {
    return this.tokens.nested(() => this.postfix());
  }

  private logical(kind: "or" | "and", parse: () => Expression): Expression {
    const first = parse();
    if (!this.tokens.isWord(kind)) return first;
    const operands = [first];
    while (this.tokens.acceptWord(kind)) operands.push(parse());
    return { kind, operands, at: first.at };
  }

  private not(): Expression {
    const at = this.tokens.at;
    if (!this.tokens.isWord("not") && !this.tokens.isSymbol("!")) return this.comparison();
    this.tokens.take();
    return { kind: "not", operand: this.tokens.nested(() => this.not()), at };
  }

  private comparison(): Expression {
    const { tokens } = this;
    const left = this.sum();
    const { at } = left;
    const operator = tokens.next.kind === "symbol" ? COMPARISONS[tokens.next.text] : undefined;
    if (operator !== undefined) {
      tokens.take();
      return { kind: "comparison", operator, left, right: this.sum(), at };
    }
    if (tokens.acceptSymbol("=~")) {
      const pattern = this.acceptRegex() ?? tokens.fail("a /regex/ after =~");
      return { kind: "like", operator: "=~", negated: false, operand: left, pattern, at };
    }
    const negated = tokens.isWord("not") && ["like", "in"].includes(wordOf(tokens.peekAfter()) ?? "");
    if (negated) tokens.take();
    if (tokens.acceptWord("like")) {
      const pattern = this.acceptRegex() ?? this.string("a /regex/ or a quoted text after like");
      return { kind: "like", operator: "like", negated, operand: left, pattern, at };
    }
    if (tokens.acceptWord("in")) {
      return { kind: "in", negated, operand: left, choices: this.choices(), at };
    }
    return left;
  }

  private choices(): In["choices"] {
    const { tokens } = this;
    if (tokens.isSymbol("(")) return this.parseSubquery();
    if (!tokens.acceptSymbol("[")) {
      if (tokens.next.kind === "name") return this.operand();
      return tokens.fail("a list in brackets, a subquery in parentheses or a field after in");
    }
    const list: Expression[] = [];
    do list.push(this.literal());
    while (tokens.acceptSymbol(","));
    tokens.expectSymbol("]", " or , in the list");
    return list;
  }

  private sum(): Expression {
    return this.binary(["+", "-"], () => this.binary(["*", "/", "%"], () => this.power()));
  }

  private binary(operators: readonly ArithmeticOperator[], parse: () => Expression): Expression {
    const { tokens } = this;
    let left = parse();
    for (;;) {
      const operator = operators.find((symbol) => tokens.isSymbol(symbol));
      if (operator === undefined) return left;
      tokens.link();
      tokens.take();
      left = { kind: "arithmetic", operator, left, right: parse(), at: left.at };
    }
  }

  private power(): Expression {
    const left = this.negation();
    if (!this.tokens.acceptSymbol("^")) return left;
    return {
      kind: "arithmetic",
      operator: "^",
      left,
      right: this.tokens.nested(() => this.power()),
      at: left.at,
    };
  }

  private negation(): Expression {
    const at = this.tokens.at;
    if (!this.tokens.acceptSymbol("-")) return this.postfix();
    return { kind: "negation", operand: this.tokens.nested(() => this.negation()), at };
  }

  private postfix(): Expression {
    const { tokens } = this;
    let object = this.primary();
    for (;;) {
      if (tokens.acceptSymbol("[")) {
        tokens.link();
        if (tokens.next.kind !== "number" || !/^\d{1,9}$/.test(tokens.next.text))
          tokens.fail("a position like 0");
        object = { kind: "index", object, index: Number(tokens.take().text), at: object.at };
        tokens.expectSymbol("]");
      } else if (["call", "index", "member"].includes(object.kind) && tokens.isSymbol(".")) {
        tokens.take();
        if (tokens.next.kind !== "name") tokens.fail("a key after the dot");
        for (const key of tokens.take().path) {
          tokens.link();
          object = { kind: "member", object, key, at: object.at };
        }
      } else return object;
    }
  }

  private primary(): Expression {
    const { tokens } = this;
    const { kind, start, text } = tokens.next;
    if (kind === "string") return this.string("");
    if (kind === "number") {
      tokens.take();
      return { kind: "number", text, at: start };
    }
    if (tokens.acceptSymbol("(")) {
      const inner = this.expression();
      tokens.expectSymbol(")");
      return inner;
    }
    if (kind === "name") {
      const word = wordOf(tokens.next);
      if (word === "true" || word === "false" || word === "null") {
        tokens.take();
        return { kind: "constant", value: word, at: start };
      }
      const after = word === undefined || RESERVED.has(word) ? undefined : tokens.peekAfter();
      return after?.text === "(" ? this.call() : this.field();
    }
    if (kind === "period") tokens.fail("a field, a value or a function", "put text in quotes");
    if (tokens.isSymbol("/"))
      tokens.fail("a field, a value or a function", "a regex stands only after like, =~ or parse");
    return tokens.fail("a field, a value or a function");
  }

  private call(): Call {
    const { tokens } = this;
    const { text: name, start: at } = tokens.take();
    const definition = findFunction(name);
    if (definition === undefined) {
      return tokens.failAt(
        at,
        "insights-unknown-function",
        `there is no function ${name}`,
        suggestion(name, functionNames()),
      );
    }
    tokens.expectSymbol("(");
    const list: Expression[] = [];
    if (!tokens.isSymbol(")")) {
      do list.push(this.argument(definition, list.length));
      while (tokens.acceptSymbol(","));
    }
    tokens.expectSymbol(")", ` or , in the call of ${name}`);
    const call: Call = { kind: "call", name, arguments: list, at };
    const problem = arityProblem(definition, list.length);
    if (problem !== undefined) tokens.failAt(at, "insights-arguments", `${name} takes ${problem}`);
    const wrong = definition.check?.(call);
    if (wrong !== undefined)
      tokens.failAt(wrong.argument.at, "insights-arguments", wrong.message, wrong.hint);
    return call;
  }

  private argument(definition: FunctionDefinition, index: number): Expression {
    const { tokens } = this;
    const { start } = tokens.next;
    const parameter: Parameter = definition.parameters[index] ?? definition.parameters.at(-1) ?? "value";
    switch (parameter) {
      case "period":
        return this.period();
      case "regex": {
        const literal = this.acceptRegex();
        if (literal !== undefined) return literal;
        const text = this.string("a /regex/ or a quoted text");
        this.checkRegex(text.value, start + 1);
        return text;
      }
      case "count":
        if (tokens.next.kind !== "number") tokens.fail("a number");
        return { kind: "number", text: tokens.take().text, at: start };
      default:
        if (tokens.isSymbol("*") && definition.kind === "aggregate" && definition.countsRows) {
          tokens.take();
          return { kind: "star", at: start };
        }
        return this.expression();
    }
  }
}

/** How many arguments a function takes, if not this many. */
function arityProblem(
  { parameters, optional = 0, variadic }: FunctionDefinition,
  given: number,
): string | undefined {
  const min = parameters.length - optional;
  const max = variadic ? Number.POSITIVE_INFINITY : parameters.length;
  if (given >= min && given <= max) return undefined;
  const few = variadic
    ? `${min} or more arguments`
    : min === max
      ? `${min} argument${min === 1 ? "" : "s"}`
      : `${min} to ${max} arguments`;
  return `${min === 0 && max === 0 ? "no arguments" : few}, not ${given}`;
}
