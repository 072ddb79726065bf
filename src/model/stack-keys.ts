import { closest } from "./closest";
import type { Problem } from "./error";
import type { YamlSource } from "./yaml-source";

/** Pulumi's own keys of a stack file (Pulumi documentation, "Stack settings file reference"). */
const FILE_KEYS = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

/** Keys that decide what the stack is. */
const KIND_KEYS = ["cordon:hunts", "cordon:blockList", "cordon:pipeline"];

/** Cordon's keys under `config`. */
const CORDON_KEYS = [
  ...KIND_KEYS,
  "cordon:accountId",
  "cordon:policyName",
  "cordon:operators",
  "cordon:breakGlass",
  "cordon:maxNewEntries",
];

/** Those that mean nothing without a block list. */
const CONTAINMENT_KEYS = CORDON_KEYS.filter((key) => !KIND_KEYS.includes(key) && key !== "cordon:accountId");

/** Other programs that read this file's `config`: the AWS provider and Pulumi itself. */
const OTHER_NAMESPACES = ["aws", "pulumi"];

/**
 * Checks the keys of a stack's file, before any value: a misspelt key is an absent list, and an absent list would
 * release everybody.
 *
 * @returns `config`, where there is one, and every problem with the keys.
 */
export function checkStackKeys(source: YamlSource): {
  config?: Readonly<Record<string, unknown>>;
  problems: Problem[];
} {
  const file = source.value;
  if (!isMapping(file)) {
    return { problems: [missing(source, [], "the file holds no configuration", "it begins with config:")] };
  }
  const problems = Object.keys(file)
    .filter((key) => !FILE_KEYS.includes(key))
    .map((key) => unknown(source, [key], `${key} does not belong at the file's top`, topLevelHint(key)));
  const { config } = file;
  if (!isMapping(config)) {
    const message = "config" in file ? "config holds no keys" : "config is missing";
    problems.push(missing(source, ["config"], message, "the stack's keys stand under config:"));
    return { problems };
  }
  const keys = Object.keys(config);
  for (const key of keys.filter((key) => !isKnown(key))) {
    problems.push(unknown(source, ["config", key], `unknown key ${key}`, configHint(key)));
  }
  const kinds = keys.filter((key) => KIND_KEYS.includes(key));
  const [kind, second] = kinds;
  if (second !== undefined) {
    problems.push({
      code: "stack-two-kinds",
      message: `the stack holds both ${KIND_KEYS.filter((key) => kinds.includes(key)).join(" and ")}`,
      hint: "keep them in two stacks, so that destroying one leaves the other",
      place: source.keyPlace(["config", second]),
    });
  } else if (kind === undefined) {
    const message = "the stack holds neither cordon:hunts nor cordon:blockList nor cordon:pipeline";
    problems.push(missing(source, ["config"], message, "to release everybody, write cordon:blockList: []"));
  } else if (kind !== "cordon:blockList") {
    problems.push(
      ...CONTAINMENT_KEYS.filter((key) => key in config).map((key) =>
        unknown(source, ["config", key], `${key} is for a stack with a cordon:blockList`),
      ),
    );
  }
  return { config, problems };
}

function isKnown(key: string): boolean {
  const [namespace, name, ...rest] = key.split(":");
  if (CORDON_KEYS.includes(key)) return true;
  return namespace !== undefined && OTHER_NAMESPACES.includes(namespace) && !!name && rest.length === 0;
}

function topLevelHint(key: string): string | undefined {
  if (key.includes(":") || CORDON_KEYS.includes(`cordon:${key}`)) return "move it under config:";
  const near = closest(key, FILE_KEYS);
  return near && `did you mean ${near}?`;
}

function configHint(key: string): string | undefined {
  if (CORDON_KEYS.includes(`cordon:${key}`)) return `write cordon:${key}`;
  const near = closest(key, CORDON_KEYS);
  return near
    ? `did you mean ${near}?`
    : `known are ${CORDON_KEYS.join(", ")}, and what begins with aws: or pulumi:`;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknown(source: YamlSource, path: string[], message: string, hint?: string): Problem {
  return { code: "stack-unknown-key", message, ...(hint && { hint }), place: source.keyPlace(path) };
}

function missing(source: YamlSource, path: string[], message: string, hint: string): Problem {
  return { code: "stack-missing-key", message, hint, place: source.keyPlace(path) };
}
