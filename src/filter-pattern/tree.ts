/**
 * A filter pattern as data: what `parse` returns, `print` writes and `compile` runs. Source of the language:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export type FilterPattern = TermsPattern | RegexPattern | JsonPattern | DelimitedPattern;

/** `ERROR -"timed out"`. No terms at all match every event. */
export interface TermsPattern {
  kind: "terms";
  terms: Term[];
}

export interface Term {
  /** `optional` is `?term`, `exclude` is `-term`. */
  role: "include" | "optional" | "exclude";
  /** What must stand in the message, anywhere, in this very case. Not empty. */
  text: string;
}

/** `%[Ee]rror|[Ff]ail%` as a whole pattern: a regular expression over the message. */
export interface RegexPattern {
  kind: "regex";
  /** What stands between the percent signs. */
  source: string;
}

/** `{ $.eventName = "ListBuckets" }` */
export interface JsonPattern {
  kind: "json";
  condition: Logic<JsonCondition>;
}

/** `[ip, user, ..., status = 4*, bytes]` */
export interface DelimitedPattern {
  kind: "delimited";
  slots: Slot[];
}

/** One field of a line, named or not, or any number of unnamed fields. */
export type Slot = { kind: "ellipsis" } | { kind: "field"; name?: string; condition?: Logic<Comparison> };

/** `&&` binds closer than `||`. Two conditions or more. */
export type Logic<Leaf> = Leaf | { kind: "and" | "or"; conditions: Logic<Leaf>[] };

export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** Something compared with a value. With `<`, `<=`, `>` and `>=` the value is a number. */
export interface Comparison {
  kind: "compare";
  operator: Operator;
  value: Value;
}

export type JsonCondition =
  | (Comparison & { selector: SelectorStep[] })
  | { kind: "is"; selector: SelectorStep[]; value: "NULL" | "TRUE" | "FALSE" }
  | { kind: "not-exists"; selector: SelectorStep[] };

/** One step from the root of a JSON message: `.name` or `['any name']`, `.*`, `[3]`, `[*]`. */
export type SelectorStep =
  | { kind: "key"; name: string }
  | { kind: "index"; index: number }
  | { kind: "any-key" }
  | { kind: "any-index" };

export type Value =
  /** Quoted or not; each `*` stands for any characters, none included. */
  | { kind: "text"; text: string }
  /** An unquoted number, as it was written and as it counts. */
  | { kind: "number"; text: string; value: number }
  | { kind: "regex"; source: string };
