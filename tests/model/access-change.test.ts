import { accessChanges, accessChangesMarkdown } from "../../src/model/access-change";
import type { BlockListEntry } from "../../src/model/block-list";

const entry = (name: string, line: number, reason = "Leaked key"): BlockListEntry => ({
  entity: { kind: "user", name },
  reason,
  ticket: "INC-1",
  owner: "soc",
  since: "2026-11-24T02:10:00Z",
  place: { file: "Pulumi.containment.yaml", line, column: 1 },
});

test("names who loses access, who regains it and whose entry changes", () => {
  const base = [entry("released", 1), entry("reworded", 2), entry("kept", 3)];
  const head = [entry("kept", 1), entry("reworded", 2, "Other"), entry("new", 3)];
  const found = accessChanges(base, head).map(({ effect, entry }) => `${effect} ${entry.entity.name}`);
  expect(found).toEqual(["loses new", "regains released", "entry-changes reworded"]);
});

test("says so when nobody is concerned", () => {
  expect(accessChangesMarkdown(accessChanges([entry("a", 1)], [entry("a", 9)]))).toBe(
    "Nobody loses or regains access.\n",
  );
});

test("a hostile reason stays in its cell", () => {
  const table = accessChangesMarkdown(accessChanges([], [entry("m", 1, "` | @team\n::stop")]));
  expect(table.split("\n")[2]).toBe(
    "| `user/m` | loses all access | `INC-1` | `soc` | `\\u{60} \\u{7c} @team\\n:\\u{3a}stop` |",
  );
});

test("says how, where it is not everything that is denied", () => {
  const web: BlockListEntry = { ...entry("web", 1), entity: { kind: "role", name: "web" } };
  const session: BlockListEntry = { ...web, mode: "deny-session", session: "build-7" };
  const happens = (base: BlockListEntry[]) =>
    accessChangesMarkdown(accessChanges(base, [session]))
      .split("\n")[2]
      ?.split(" | ")[1];
  expect(happens([])).toBe("loses access: deny-session build-7");
  expect(happens([web])).toBe("is blocked otherwise: deny-session build-7 instead of deny");
});
