import { ApiError } from "../api-error";
import type { Parameters } from "../api-request";

/** An InvalidParameterException in AWS's words. */
export function invalid(message: string): ApiError {
  return new ApiError("InvalidParameterException", message);
}

/** `1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: ...` */
export function violated(name: string, value: unknown, constraint: string): ApiError {
  const shown =
    typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
  const found = value === undefined ? "Value null" : `Value '${shown}'`;
  return invalid(
    `1 validation error detected: ${found} at '${name}' failed to satisfy constraint: ${constraint}`,
  );
}

/** A string of a length, or undefined when it is not there. Lengths count UTF-16 code units. */
export function optionalText(from: Parameters, name: string, min = 0, max = Infinity): string | undefined {
  const value = from[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw violated(name, value, "Member must be a string");
  if (value.length < min)
    throw violated(name, value, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) throw violated(name, value, `Member must have length less than or equal to ${max}`);
  return value;
}

export function requiredText(from: Parameters, name: string, min = 0, max = Infinity): string {
  const value = optionalText(from, name, min, max);
  if (value === undefined) throw violated(name, undefined, "Member must not be null");
  return value;
}

/** A whole number in a range, or undefined when it is not there. */
export function optionalInteger(from: Parameters, name: string, min = 0, max = Infinity): number | undefined {
  const value = from[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value))
    throw violated(name, value, "Member must be an integer");
  if (value < min) throw violated(name, value, `Member must have value greater than or equal to ${min}`);
  if (value > max) throw violated(name, value, `Member must have value less than or equal to ${max}`);
  return value;
}

export function requiredInteger(from: Parameters, name: string, min = 0, max = Infinity): number {
  const value = optionalInteger(from, name, min, max);
  if (value === undefined) throw violated(name, undefined, "Member must not be null");
  return value;
}

/** A list of strings, or undefined when it is not there. */
export function optionalTexts(from: Parameters, name: string, min = 0, max = Infinity): string[] | undefined {
  const value = from[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string")) {
    throw violated(name, value, "Member must be a list of strings");
  }
  if (value.length < min)
    throw violated(name, value, `Member must have length greater than or equal to ${min}`);
  if (value.length > max) throw violated(name, value, `Member must have length less than or equal to ${max}`);
  return value;
}
