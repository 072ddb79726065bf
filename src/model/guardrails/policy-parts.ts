/** A key of a policy document's part; `undefined` where it has none, or is no mapping. */
export function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** One value and a list of one mean the same (IAM User Guide, "Grammar of the IAM JSON policy language"). */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Whether a document has a statement of that effect about every action on every resource, under no condition. */
export function isAboutEverything(document: unknown, effect: "Allow" | "Deny"): boolean {
  return listOf(field(document, "Statement")).some(
    (statement) =>
      field(statement, "Effect") === effect &&
      field(statement, "Condition") === undefined &&
      listOf(field(statement, "Action")).some((action) => action === "*" || action === "*:*") &&
      listOf(field(statement, "Resource")).includes("*"),
  );
}
