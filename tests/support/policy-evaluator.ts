import type { PolicyDocument } from "../../src/model/deny-policy";

/** One request as IAM sees it: the global condition keys that it carries, instants as ISO 8601. */
export interface RequestContext {
  "aws:userid": string;
  /** Absent for long-term keys. */
  "aws:TokenIssueTime"?: string;
}

type Operator = (actual: string, wanted: string) => boolean;

/** IAM User Guide, "IAM JSON policy elements: Condition operators". */
const OPERATORS: Record<string, Operator> = {
  DateLessThan: (actual, wanted) => Date.parse(actual) < Date.parse(wanted),
  StringLike: (actual, wanted) => {
    const pattern = wanted
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${pattern}$`, "s").test(actual);
  },
};

/**
 * Whether the document denies the request. All of a statement's conditions have to hold, and a key that the request
 * does not carry makes a condition false (IAM User Guide, "Conditions with multiple context keys or values"). What it
 * does not know it refuses, rather than calling something denied that is not.
 */
export function denies({ Statement }: PolicyDocument, context: RequestContext): boolean {
  return Statement.some(({ Effect, Action, Resource, Condition = {} }) => {
    if (Effect !== "Deny" || Action !== "*" || Resource !== "*") throw new Error("not evaluated here");
    return Object.entries(Condition).every(([name, keys]) => {
      const operator = OPERATORS[name];
      if (operator === undefined) throw new Error(`unknown operator ${name}`);
      return Object.entries(keys).every(([key, wanted]) => {
        const actual = carried(context, key);
        return actual !== undefined && operator(actual, wanted);
      });
    });
  });
}

function carried(context: RequestContext, key: string): string | undefined {
  if (key === "aws:userid" || key === "aws:TokenIssueTime") return context[key];
  throw new Error(`unknown condition key ${key}`);
}
