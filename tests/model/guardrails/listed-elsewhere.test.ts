import type { Place } from "../../../src/model/error";
import { objectionOf } from "../../support/entry-case";

const bob = { kind: "user", name: "Bob" } as const;
const at = (...keys: string[]) =>
  new Map<string, Place>(keys.map((key) => [key, { file: "Pulumi.b.yaml", line: 3, column: 5, path: "x" }]));

test("an entity on another stack's list is refused with the place, in whatever spelling", () => {
  expect(objectionOf("listed-elsewhere", { entity: bob, stack: { elsewhere: at("user/bob") } })).toBe(
    "user/Bob is on another stack's list already, at Pulumi.b.yaml:3:5 (keep it in one of the two; to move it, release it there first)",
  );
});

test.each([[at("role/bob", "user/ann")], [at()], [undefined]])(
  "other lists %j do not matter",
  (elsewhere) => {
    expect(objectionOf("listed-elsewhere", { entity: bob, stack: { elsewhere } })).toBeUndefined();
  },
);
