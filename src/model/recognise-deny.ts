import { isDeepStrictEqual } from "node:util";
import { denyPolicy, MODES, type PolicyDocument } from "./deny-policy";
import { readInstant } from "./instant";

/** An inline policy as IAM returns it, its document decoded: text where it was no JSON. */
export interface InlinePolicy {
  name: string;
  document: unknown;
}

/**
 * What an inline policy is to Cordon: `deny` is our document, under whatever name; `weakened` carries the Sid of our
 * statement, but is another document; `foreign` is somebody else's document under our name; `other` is none of these.
 */
export type Recognised = "deny" | "weakened" | "foreign" | "other";

/**
 * Recognises our deny by Sid and document. A name alone says nothing: others use `DenyAll` as well, and who may write
 * policies can keep the name and change the document. IAM does not tell policy names apart by case.
 *
 * @param expected the one document that counts, where it is known; else that of any mode does.
 */
export function recogniseDeny(
  { name, document }: InlinePolicy,
  policyName: string,
  expected?: PolicyDocument,
): Recognised {
  const ours = expected === undefined ? likeDocument(document) : [expected];
  if (ours.some((each) => isDeepStrictEqual(normal(document), normal(each)))) return "deny";
  if (statementsOf(document).some((statement) => isRecord(statement) && SIDS.has(statement.Sid)))
    return "weakened";
  return name.toLowerCase() === policyName.toLowerCase() ? "foreign" : "other";
}

/** Of every mode, the document that has the instant and the session of this one. */
function likeDocument(document: unknown): PolicyDocument[] {
  const [statement] = statementsOf(document);
  const condition = (operator: string, key: string): unknown => {
    const conditions = isRecord(statement) && isRecord(statement.Condition) ? statement.Condition : {};
    const keys = Object.hasOwn(conditions, operator) ? conditions[operator] : undefined;
    return isRecord(keys) && Object.hasOwn(keys, key) ? keys[key] : undefined;
  };
  const issuedBefore = String(condition("DateLessThan", "aws:TokenIssueTime"));
  const session = String(condition("StringLike", "aws:userid")).replace(/^\*:/, "");
  return MODES.flatMap((mode) => {
    if (mode !== "revoke-sessions") return [denyPolicy(mode === "deny" ? { mode } : { mode, session })];
    return readInstant(issuedBefore) === undefined ? [] : [denyPolicy({ mode, issuedBefore })];
  });
}

const SIDS = new Set<unknown>(
  MODES.flatMap((mode) =>
    denyPolicy({ mode, issuedBefore: "1970-01-01T00:00:00Z", session: "" }).Statement.map(({ Sid }) => Sid),
  ),
);

/** One value and a list of one mean the same (IAM User Guide, "Grammar of the IAM JSON policy language"). */
function normal(document: unknown): unknown {
  if (!isRecord(document)) return document;
  return {
    ...document,
    Statement: statementsOf(document).map((statement) =>
      isRecord(statement)
        ? { ...statement, Action: listOf(statement.Action), Resource: listOf(statement.Resource) }
        : statement,
    ),
  };
}

function statementsOf(document: unknown): unknown[] {
  return isRecord(document) ? listOf(document.Statement) : [];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
