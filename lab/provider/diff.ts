import { samePolicy } from "./policy-json";
import type { InputRule, Resource } from "./resource";
import { hasUnknown, type Properties } from "./values";

/** One difference, at a property or an element of a list (`logGroupNames[1]`). */
export interface Change {
  path: string;
  property: string;
  kind: "add" | "delete" | "update";
  replaces: boolean;
}

export interface Difference {
  changes: Change[];
  /** Whether a replacement deletes the old resource before it creates the new one. */
  deleteBeforeReplace: boolean;
}

/** What has to change for a resource in the state `olds` (its outputs) to be as `news` (checked inputs) says. */
export function difference(resource: Resource, olds: Properties, news: Properties): Difference {
  const changes = Object.entries(resource.inputs).flatMap(([property, rule]) =>
    changesOf(property, rule, olds[property], news[property]),
  );
  const replaces = changes.some((change) => change.replaces);
  return { changes, deleteBeforeReplace: replaces && keepsGivenName(olds, news) };
}

/**
 * A name that the program chose and keeps cannot belong to two resources at once, so Pulumi's Terraform bridge deletes
 * first, also where AWS would not mind: an inline policy moved to another role is taken off the old one before it is
 * put on the new one (pulumi-terraform-bridge, pkg/tfbridge/schema.go, nameRequiresDeleteBeforeReplace).
 */
function keepsGivenName(olds: Properties, news: Properties): boolean {
  const madeUp = Array.isArray(news.__defaults) && news.__defaults.includes("name");
  return !madeUp && news.name !== undefined && news.name === olds.name;
}

function changesOf(property: string, rule: InputRule, old: unknown, wanted: unknown): Change[] {
  if (wanted === undefined && rule.computed) return [];
  const replaces = rule.replaces === true;
  if (rule.type === "strings") {
    return listChanges(property, list(old), list(wanted)).map((change) => ({
      ...change,
      property,
      replaces,
    }));
  }
  if (!hasUnknown(wanted) && same(rule, old, wanted)) return [];
  return [{ path: property, property, kind: kindOf(old, wanted), replaces }];
}

function same(rule: InputRule, old: unknown, wanted: unknown): boolean {
  if (rule.type === "policy" && typeof old === "string" && typeof wanted === "string") {
    return samePolicy(old, wanted);
  }
  return (old ?? "") === (wanted ?? "");
}

function listChanges(property: string, olds: unknown[], wanted: unknown[]): Pick<Change, "path" | "kind">[] {
  // A list that appears or goes away as a whole is one change, as the real provider shows it.
  if (olds.length === 0 || wanted.length === 0) {
    return olds.length === wanted.length
      ? []
      : [{ path: property, kind: wanted.length > 0 ? "add" : "delete" }];
  }
  return Array.from({ length: Math.max(olds.length, wanted.length) }, (_, index) => index)
    .filter((index) => hasUnknown(wanted[index]) || olds[index] !== wanted[index])
    .map((index) => ({ path: `${property}[${index}]`, kind: kindOf(olds[index], wanted[index]) }));
}

function kindOf(old: unknown, wanted: unknown): Change["kind"] {
  if (old === undefined || old === "") return "add";
  return wanted === undefined || wanted === "" ? "delete" : "update";
}

/** An unknown list is one unknown element. */
function list(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
