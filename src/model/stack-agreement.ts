import { isDeepStrictEqual } from "node:util";
import type { Problem } from "./error";
import type { StackConfig } from "./stack-config";

/** What Cordon reads, and what decides where Pulumi writes. */
function isOurs(key: string): boolean {
  return key.startsWith("cordon:") || key === "aws:allowedAccountIds" || key === "aws:region";
}

/**
 * Where the configuration that Pulumi hands to the program is another than the stack's file holds: it was given
 * another file, an environment adds keys, or the two readers disagree about the YAML. The file is what was reviewed.
 *
 * @param given Pulumi's configuration: strings as they are, all else as JSON.
 */
export function disagreements(
  { file, values }: StackConfig,
  given: Readonly<Record<string, string>>,
): Problem[] {
  const keys = [...new Set([...Object.keys(values), ...Object.keys(given)])].filter(isOurs).sort();
  return keys
    .filter((key) => !agrees(values[key], given[key]))
    .map((key) => ({
      code: "stack-disagreement",
      message: sayHow(key, file, key in values, key in given),
      hint: `edit ${file} itself, and run pulumi in its folder without --config-file`,
    }));
}

function sayHow(key: string, file: string, inFile: boolean, inPulumi: boolean): string {
  if (!inPulumi) return `${file} holds ${key}, but Pulumi was given none`;
  if (!inFile) return `Pulumi was given ${key}, which ${file} does not hold`;
  return `Pulumi was given another ${key} than ${file} holds`;
}

function agrees(value: unknown, given: string | undefined): boolean {
  if (given === undefined) return value === undefined;
  if (typeof value === "string") return value === given;
  try {
    return isDeepStrictEqual(value, JSON.parse(given));
  } catch {
    return false;
  }
}
