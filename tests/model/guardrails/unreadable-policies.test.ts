import { carrying, objectionOf } from "../../support/entry-case";

const ann = { kind: "user", name: "ann" } as const;

test("what an entity carries has to be known", () => {
  expect(objectionOf("unreadable-policies", { entity: ann })).toMatch(
    /what user\/ann carries could not be read/,
  );
  expect(objectionOf("unreadable-policies", { entity: ann, details: [] })).toMatch(/did not list it yet/);
});

test("where it is, or where there is no entity, there is no objection", () => {
  expect(objectionOf("unreadable-policies", { entity: ann, details: [carrying(ann)] })).toBeUndefined();
  expect(objectionOf("unreadable-policies", { entity: ann, lookup: { state: "missing" } })).toBeUndefined();
});
