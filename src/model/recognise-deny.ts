import { isDeepStrictEqual } from "node:util";
import { denyAllPolicy } from "./deny-policy";

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
 */
export function recogniseDeny({ name, document }: InlinePolicy, policyName: string): Recognised {
  const ours = denyAllPolicy();
  if (isDeepStrictEqual(normal(document), normal(ours))) return "deny";
  const sids = new Set<unknown>(ours.Statement.map(({ Sid }) => Sid));
  if (statementsOf(document).some((statement) => isRecord(statement) && sids.has(statement.Sid)))
    return "weakened";
  return name.toLowerCase() === policyName.toLowerCase() ? "foreign" : "other";
}

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
