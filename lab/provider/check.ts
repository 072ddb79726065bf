import { randomBytes } from "node:crypto";
import { normalizedPolicy } from "./policy-json";
import type { InputRule, Resource } from "./resource";
import { hasUnknown, type Properties, UNKNOWN } from "./values";

/** One input that the provider refuses, as the engine shows it. */
export interface Failure {
  property: string;
  reason: string;
}

/**
 * Checks and completes a resource's inputs as the real provider does: types, names, policy documents as JSON, and a
 * name where there is none (`logicalName-1a2b3c4`, kept from `olds` afterwards). `__defaults` lists what was made up.
 */
export function checkInputs(
  resource: Resource,
  logicalName: string,
  olds: Properties,
  news: Properties,
  seed: Uint8Array = randomBytes(8),
): { inputs: Properties; failures: Failure[] } {
  const inputs: Properties = { __defaults: [] };
  const failures: Failure[] = [];
  for (const [key, value] of Object.entries(news)) {
    if (key.startsWith("__") || value === null) continue;
    const rule = resource.inputs[key];
    if (rule === undefined) {
      failures.push({
        property: key,
        reason: `Invalid or unknown key. Examine values at '${logicalName}.${key}'.`,
      });
    } else if (hasUnknown(value)) {
      inputs[key] = rule.type === "strings" ? value : UNKNOWN;
    } else {
      const reason = refusal(rule, key, value, news);
      if (reason === undefined) inputs[key] = rule.type === "policy" ? normalizedPolicy(value) : value;
      else failures.push({ property: key, reason });
    }
  }
  if (inputs.name === undefined && news.namePrefix === undefined && news.name === undefined) {
    const kept = Array.isArray(olds.__defaults) && olds.__defaults.includes("name") ? olds.name : undefined;
    inputs.name = kept ?? madeUpName(logicalName, resource.nameLength, seed);
    inputs.__defaults = ["name"];
  }
  for (const [key, rule] of Object.entries(resource.inputs)) {
    if (rule.required && news[key] === undefined) {
      failures.push({
        property: key,
        reason: `Missing required argument. The argument "${key}" is required.`,
      });
    }
  }
  return { inputs, failures };
}

function refusal(rule: InputRule, key: string, value: unknown, news: Properties): string | undefined {
  if (rule.conflictsWith !== undefined && news[rule.conflictsWith] !== undefined) {
    return `Conflicting configuration arguments: "${key}" conflicts with ${rule.conflictsWith}`;
  }
  if (rule.type === "policy") {
    try {
      normalizedPolicy(value);
      return undefined;
    } catch (error) {
      return `"policy" contains an invalid JSON policy: ${error instanceof Error ? error.message : error}`;
    }
  }
  if (rule.type === "strings") {
    const isList = Array.isArray(value) && value.every((item) => typeof item === "string");
    return isList
      ? firstRefusal(rule, value)
      : `Incorrect attribute value type: "${key}" is a list of strings`;
  }
  return typeof value === "string"
    ? rule.refuse?.(value)
    : `Incorrect attribute value type: "${key}" is a string`;
}

function firstRefusal(rule: InputRule, values: string[]): string | undefined {
  return values.map((value) => rule.refuse?.(value)).find((reason) => reason !== undefined);
}

/** Pulumi's automatic name: seven hexadecimal digits of the engine's seed behind the logical name. */
function madeUpName(logicalName: string, longest: number, seed: Uint8Array): string {
  const suffix = `-${Buffer.from(seed).toString("hex").slice(0, 7)}`;
  return logicalName.slice(0, longest - suffix.length) + suffix;
}
