import { type CaseOptions, carrying, objectionOf } from "../../support/entry-case";

const ann = { kind: "user", name: "ann" } as const;
const policies = (count: number) =>
  Array.from({ length: count }, (_, i) => `arn:aws:iam::123456789012:policy/p${i}`);
/** With characters left for inline policies, of which the deny takes 100, and with these policies attached. */
const objection = (left: number, attached: string[], more: Partial<CaseOptions> = {}) =>
  objectionOf("no-attachment-left", {
    entity: ann,
    entry: { fallback: "AWSDenyAll" },
    details: [carrying(ann, {}, { inline: [{ name: "p", document: {}, size: 2048 - left }], attached })],
    ...more,
  });

test("AWSDenyAll has to find a place where the deny finds none", () => {
  expect(objection(99, policies(10))).toMatch(
    /^user\/ann has room for neither: .* 10 managed policies are attached.*\(detach one of them/,
  );
  expect(objection(99, policies(9))).toBeUndefined();
});

test.each(["aws", "aws-cn"])("it does in the partition %s where it is attached already", (partition) => {
  const there = `arn:${partition}:iam::aws:policy/AWSDenyAll`;
  expect(objection(99, [...policies(9), there])).toBeUndefined();
});

test("a policy of the account's own by that name is not it", () => {
  const own = "arn:aws:iam::123456789012:policy/AWSDenyAll";
  expect(objection(99, [...policies(9), own])).toMatch(/has room for neither/);
});

test("it does not matter where the deny finds room, nobody asks for AWSDenyAll, or nothing is known", () => {
  expect(objection(100, policies(10))).toBeUndefined();
  expect(objection(99, policies(10), { entry: {} })).toBeUndefined();
  expect(
    objectionOf("no-attachment-left", { entity: ann, entry: { fallback: "AWSDenyAll" } }),
  ).toBeUndefined();
});
