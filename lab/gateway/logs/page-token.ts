import { createHash } from "node:crypto";
import { invalid } from "./parameters";

/**
 * A `nextToken`: where the next page starts, bound to the call that it continues. A token of another call, or one that
 * somebody made up, is refused in AWS's words.
 */
export function pageToken(at: number, call: unknown): string {
  return Buffer.from(`${at}.${digest(call)}`).toString("base64url");
}

/** Where the page starts: 0 without a token. @throws ApiError InvalidParameterException */
export function pageStart(token: string | undefined, call: unknown): number {
  if (token === undefined) return 0;
  const [, at, bound] = /^(\d{1,15})\.([0-9a-f]+)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (at === undefined || bound !== digest(call)) throw invalid("The specified nextToken is invalid.");
  return Number(at);
}

function digest(call: unknown): string {
  return createHash("sha256").update(JSON.stringify(call)).digest("hex").slice(0, 16);
}
