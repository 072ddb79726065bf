import { type ContainedRecord, readRecords, sortRecords } from "../../src/model/contained-record";

const record = (changes: Partial<ContainedRecord> = {}): ContainedRecord => ({
  kind: "user",
  name: "mallory",
  listed: "mallory",
  policyName: "DenyAll",
  ticket: "INC-1",
  state: "contained",
  ...changes,
});
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

test.each([undefined, null])("before the first run there is nothing: %s", (output) => {
  expect(readRecords(output)).toEqual({ records: [], unreadable: 0 });
});

test("what was written is read", () => {
  const records = [record(), record({ kind: "role", state: "gone" })];
  expect(readRecords(JSON.parse(JSON.stringify(records)))).toEqual({ records, unreadable: 0 });
});

test.each([
  ["the marker of an unknown value", UNKNOWN],
  ["an object", { kind: "user" }],
  ["a number", 3],
])("%s in place of the list is counted", (_, output) => {
  expect(readRecords(output)).toEqual({ records: [], unreadable: 1 });
});

test("one broken record does not take the others along", () => {
  const output = [UNKNOWN, record(), { ...record(), policyName: 7 }, null, { ...record(), kind: "policy" }];
  expect(readRecords(output)).toEqual({ records: [record()], unreadable: 4 });
});

test("the order is that of kind and name", () => {
  const names = [
    record({ name: "b" }),
    record({ kind: "role", name: "a" }),
    record({ kind: "group", name: "z" }),
    record({ name: "A" }),
  ];
  expect(sortRecords(names).map(({ kind, name }) => `${kind}/${name}`)).toEqual([
    "group/z",
    "role/a",
    "user/A",
    "user/b",
  ]);
});
