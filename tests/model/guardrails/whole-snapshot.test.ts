import { lookupOf, snapshotOf } from "../../../src/model/guardrails";
import { carrying } from "../../support/entry-case";

const trust = { Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" } } };
const all = [
  carrying({ kind: "user", name: "Ann" }, {}, { path: "/staff/", groups: ["ops"] }),
  carrying({ kind: "user", name: "bob" }, {}, { groups: ["Ops", "dev"] }),
  carrying({ kind: "role", name: "web" }, {}, { trust, lastUsed: 7 }),
  carrying({ kind: "group", name: "Ops" }),
];

test("a sweep says what IAM would say of each entity", () => {
  const asked = [
    { kind: "user", name: "ann" },
    { kind: "role", name: "web" },
    { kind: "group", name: "ops" },
    { kind: "role", name: "ann" },
  ] as const;
  const snapshot = snapshotOf({ accountId: "1", arn: "a" }, all, asked);
  expect(asked.map((entity) => lookupOf(snapshot, entity))).toEqual([
    { state: "found", name: "Ann", path: "/staff/" },
    { state: "found", name: "web", path: "/", services: ["ec2.amazonaws.com"], lastUsed: 7 },
    { state: "found", name: "Ops", path: "/", members: ["Ann", "bob"] },
    { state: "missing" },
  ]);
  expect(lookupOf(snapshot, { kind: "user", name: "bob" }).state).toBe("unknown");
});
