import { pointerOf } from "../../../src/insights/values/pointer";
import { Row } from "../../../src/insights/values/row";
import { eventOf } from "../../support/insights";

test("a row survives the way to another thread", () => {
  const row = new Row(eventOf({ a: 1 }), ["x", null, undefined, ["y"]], 7);
  const copy = Row.from(structuredClone(row.plain()));
  expect(copy.plain()).toEqual(row.plain());
  expect(copy.record).toEqual({ a: 1 });
});

test("a row with one more value leaves the first as it was", () => {
  const row = new Row(eventOf({ a: 1 }), ["x"], 0);
  expect(row.with(2, "y").slots[2]).toBe("y");
  expect(row.slots).toEqual(["x"]);
});

test("a pointer tells events apart by all that they are", () => {
  const pointers = [
    eventOf("a"),
    eventOf("b"),
    eventOf("a", { timestamp: 1 }),
    eventOf("a", { logStream: "s" }),
    eventOf("a", { log: "s" }),
  ].map(pointerOf);
  expect(new Set(pointers).size).toBe(5);
  expect(pointerOf(eventOf("a"))).toBe(pointers[0]);
});
