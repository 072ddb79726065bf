/**
 * The tree of a Logs Insights QL query: plain data, so that it can be compared, printed and sent to a worker.
 * Every node carries `at`, its offset in the query's text in UTF-16 code units.
 */
export interface Query {
  /** The text that was parsed: messages show places in it. */
  text: string;
  commands: Command[];
}

export type Command =
  | FieldsCommand
  | FilterCommand
  | ParseCommand
  | StatsCommand
  | SortCommand
  | LimitCommand
  | DedupCommand
  | UnnestCommand
  | ExpandCommand
  | OpaqueCommand;

/** `fields` adds to what is shown, `display` replaces it. */
export interface FieldsCommand {
  kind: "fields" | "display";
  items: Item[];
  at: number;
}

/** An expression and the name of its column: the alias, or the expression's own text. */
export interface Item {
  expression: Expression;
  alias?: string;
  at: number;
}

/** `filterIndex` differs from `filter` only in what AWS scans. `where` is `filter`. */
export interface FilterCommand {
  kind: "filter" | "filterIndex";
  condition: Expression;
  at: number;
}

export interface ParseCommand {
  kind: "parse";
  /** `@message` when absent. */
  source?: Expression;
  pattern: ParsePattern;
  at: number;
}

export type ParsePattern =
  | { kind: "glob"; glob: string; aliases: string[]; at: number }
  /** `aliases` name the groups in order; without them the groups' own names are used. */
  | { kind: "regex"; regex: RegexLiteral; aliases: string[]; multi: boolean; at: number }
  | { kind: "logfmt"; aliases: string[]; at: number }
  | { kind: "csv"; aliases: string[]; at: number }
  | { kind: "xml"; path: string; aliases: string[]; at: number };

export interface StatsCommand {
  kind: "stats";
  aggregates: Item[];
  by: Item[];
  /** Shifts the bins of `bin()`. */
  offset?: PeriodLiteral;
  at: number;
}

export interface SortKey {
  expression: Expression;
  direction: "asc" | "desc";
}

export interface SortCommand {
  kind: "sort";
  keys: SortKey[];
  at: number;
}

export interface LimitCommand {
  kind: "limit";
  /** `limit any`: whichever events come first, in no order. */
  any: boolean;
  count: number;
  at: number;
}

export interface DedupCommand {
  kind: "dedup";
  fields: Field[];
  at: number;
}

export interface UnnestCommand {
  kind: "unnest";
  expression: Expression;
  alias: string;
  at: number;
}

export interface ExpandCommand {
  kind: "expand";
  field: Field;
  at: number;
}

/** A command that only AWS can answer: its name in the table's spelling, and the rest as it was written. */
export interface OpaqueCommand {
  kind: "opaque";
  name: string;
  text: string;
  at: number;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | RegexLiteral
  | PeriodLiteral
  | Constant
  | Star
  | Field
  | Call
  | Negation
  | Arithmetic
  | Comparison
  | Like
  | In
  | Not
  | Logical
  | Member
  | Index;

/** The number as it was written, since a column may be named after it. */
export interface NumberLiteral {
  kind: "number";
  text: string;
  at: number;
}

export interface StringLiteral {
  kind: "string";
  value: string;
  at: number;
}

/** What stands between the slashes, `\/` included. */
export interface RegexLiteral {
  kind: "regex";
  source: string;
  at: number;
}

/** `5m`, `1hr`, as it was written. */
export interface PeriodLiteral {
  kind: "period";
  text: string;
  at: number;
}

export interface Constant {
  kind: "constant";
  value: "true" | "false" | "null";
  at: number;
}

/** The `*` of `count(*)`. */
export interface Star {
  kind: "star";
  at: number;
}

/** `a.b.0`, ``a.`odd key` ``: the segments between the dots, without backticks. */
export interface Field {
  kind: "field";
  path: string[];
  at: number;
}

export interface Call {
  kind: "call";
  /** As it was written; upper and lower case mean the same. */
  name: string;
  arguments: Expression[];
  at: number;
}

export interface Negation {
  kind: "negation";
  operand: Expression;
  at: number;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "^";

export interface Arithmetic {
  kind: "arithmetic";
  operator: ArithmeticOperator;
  left: Expression;
  right: Expression;
  at: number;
}

export type ComparisonOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";

export interface Comparison {
  kind: "comparison";
  operator: ComparisonOperator;
  left: Expression;
  right: Expression;
  at: number;
}

export interface Like {
  kind: "like";
  operator: "like" | "=~";
  negated: boolean;
  operand: Expression;
  pattern: StringLiteral | RegexLiteral;
  at: number;
}

export interface In {
  kind: "in";
  negated: boolean;
  operand: Expression;
  /** A list of literals, a list-valued expression, or a subquery. */
  choices: Expression[] | Expression | Subquery;
  at: number;
}

export interface Subquery {
  kind: "subquery";
  commands: Command[];
  at: number;
}

export interface Not {
  kind: "not";
  operand: Expression;
  at: number;
}

/** Two or more operands: a long chain of `or` is one flat node. */
export interface Logical {
  kind: "and" | "or";
  operands: Expression[];
  at: number;
}

/** `jsonParse(x).key` */
export interface Member {
  kind: "member";
  object: Expression;
  key: string;
  at: number;
}

/** `list[0]`, counted from zero. */
export interface Index {
  kind: "index";
  object: Expression;
  index: number;
  at: number;
}

/** `userIdentity.arn`: how a field is called in results. */
export function fieldName(field: Field): string {
  return field.path.join(".");
}
