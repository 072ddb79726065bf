import { randomInt } from "node:crypto";

/** Eighteen digits of time and eight hexadecimal ones (Terraform's plugin SDK, helper/id). */
export const UNIQUE_SUFFIX_LENGTH = 26;

let count = randomInt(0x7fffffff);

/** `prefix` and a suffix that no other name has, in Terraform's shape: sortable by time. */
export function nameWithPrefix(prefix: string): string {
  const time = new Date().toISOString().replaceAll(/\D/g, "").padEnd(18, "0");
  count += 1;
  return prefix + time + count.toString(16).padStart(8, "0");
}

/** The prefix of a name that was made so, otherwise empty. */
export function prefixOf(name: string): string {
  return /^(.*)\d{18}[0-9a-f]{8}$/s.exec(name)?.[1] ?? "";
}
