import type { Parameters } from "../api-request";
import { invalid, optionalText } from "./parameters";

/** The log group that a call names, by name or by identifier. */
export function groupName(from: Parameters): string {
  const name = optionalText(from, "logGroupName", 1, 512);
  const identifier = optionalText(from, "logGroupIdentifier", 1, 2048);
  if (name !== undefined && identifier !== undefined) {
    throw invalid("LogGroup name and LogGroup identifier are mutually exclusive parameters.");
  }
  const given = name ?? identifier;
  if (given === undefined) throw invalid("Either LogGroup name or LogGroup identifier is required.");
  return nameOf(given);
}

/** The name in an identifier: a name, or `arn:aws:logs:REGION:ACCOUNT:log-group:NAME`, with or without `:*`. */
export function nameOf(identifier: string): string {
  const [, name] = /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)(?::\*)?$/.exec(identifier) ?? [];
  return name ?? identifier;
}
