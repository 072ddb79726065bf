import type { Need } from "../../../../src/insights";
import { literalsOf } from "../../../../src/sources/archive/scan/literals";

const textsOf = (...needs: Need[]) => literalsOf(needs).map(({ text }) => text);
const value = (...values: string[]): Need => ({ keys: ["a"], values: new Set(values) });

test("a value is looked for, or the name of a field that need only be there", () => {
  expect(textsOf(value("AKIAIOSFODNN7EXAMPLE"))).toEqual(["AKIAIOSFODNN7EXAMPLE"]);
  expect(textsOf({ keys: ["errorCode"] })).toEqual(["errorCode"]);
  expect(textsOf({ keys: ["userIdentity", "accessKeyId"] })).toEqual(["accessKeyId"]);
});

test("parts of a value are looked for, if they are few", () => {
  expect(textsOf({ keys: ["errorCode"], parts: new Set(["Denied", "Unauthorized"]) })).toEqual([
    "Denied",
    "Unauthorized",
  ]);
  expect(textsOf({ keys: ["errorCode"], parts: new Set(["Denied", "Unauthorized", "Throttl"]) })).toEqual([
    "errorCode",
  ]);
});

test("needs that share a text share its literal", () => {
  expect(textsOf({ keys: ["errorCode"] }, { keys: ["a", "errorCode"] })).toEqual(["errorCode"]);
});

test("too many values: the field's name stands for them; too many needs: nothing does", () => {
  expect(textsOf({ keys: ["eventName"], values: new Set(["CreateUser", "DeleteUser", "GetUser"]) })).toEqual([
    "eventName",
  ]);
  expect(textsOf({ keys: ["errorCode"] }, { keys: ["eventName"] }, { keys: ["userAgent"] })).toEqual([]);
});

test.each(['with "quotes"', "back\\slash", "sla/sh", "é", "tab\t", "abc", "x".repeat(65), ""])(
  "JSON may write it in several ways, or it does not pay: %j",
  (text) => {
    expect(textsOf(value(text))).toEqual([]);
    expect(textsOf(value("fine"), value(text))).toEqual([]);
  },
);

test("the rarest pairs of bytes are looked for, one at an even place and one at an odd", () => {
  expect(literalsOf([{ keys: ["errorCode"] }])).toEqual([{ text: "errorCode", even: 4, odd: 5 }]);
  expect(literalsOf([value("zzzz")])).toEqual([{ text: "zzzz", even: 0, odd: 1 }]);
  expect(literalsOf([value("aaaQZ")])).toEqual([{ text: "aaaQZ", even: 2, odd: 3 }]);
});
