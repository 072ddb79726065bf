import type { Clients } from "../clients";
import type { Properties } from "../values";

/** A data source: an invoke of the `aws` provider. */
export type AwsFunction = (aws: Clients, args: Properties) => Promise<Properties>;

/** @throws Error worded as the real provider words a required argument that is missing. */
export function required(args: Properties, key: string): string {
  const value = args[key];
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`Missing required argument. The argument "${key}" is required.`);
}
