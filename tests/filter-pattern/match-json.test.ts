import { matches } from "../../src/filter-pattern";

const EVENT =
  '{"text":"111.111.111.111","empty":"","int":123,"float":12.34,"whole":12.0,"exp":1e3,"big":12345678901234567891,' +
  '"digits":"123","yes":true,"no":false,"none":null,"object":{},"array":[],"same":1,"same":2,' +
  '"quote":"a \\"b\\" \\u0041","__proto__":"p","list":[1,2.50,"x",[3,{"k":7.10}]],"\\u006bey":4.0}';

/** The first block was seen on AWS by others; the rest are our answers to what AWS leaves open. */
test.each([
  ['$.text = "*"', true],
  ['$.empty = "*"', true],
  ["$.text = *.111.111.111", true],
  ["$.text != *222", true],
  ["$.text = 123", false],
  ["$.text > 123", false],
  ["$.text <= 123", false],
  ["$.text != 111", true],
  ['$.int = "123"', true],
  ['$.int != "123.0"', true],
  ["$.int = 123.0", true],
  ["$.int = *3", true],
  ["$.int != 32*", true],
  ['$.float = "12.*"', true],
  ["$.float != 43.21", true],
  ['$.whole != "12"', true],
  ["$.whole = 12", true],
  ["$.object = 123", false],
  ["$.object != 123", false],
  ['$.array != "x"', false],
  ['$.absent != "x"', false],

  ['$.whole = "12.0"', true],
  ['$.exp = "1e3"', true],
  ["$.exp = 1000", true],
  ['$.big = "12345678901234567891"', true],
  ['$.big = "12345678901234567890"', false],
  ["$.big = %891$%", true],
  ["$.digits = 123", true],
  ["$.digits = 123.0", false],
  ["$.digits > 100", false],
  ['$.yes = "true"', true],
  ["$.yes = true", true],
  ["$.yes != false", true],
  ["$.yes = 1", false],
  ["$.no IS FALSE", true],
  ["$.no IS TRUE", false],
  ["$.digits IS TRUE", false],
  ['$.none != "x"', false],
  ["$.none = *", false],
  ["$.none IS NULL", true],
  ["$.none NOT EXISTS", false],
  ["$.absent IS NULL", false],
  ["$.absent.further NOT EXISTS", true],
  ["$.text.further NOT EXISTS", true],
  ["$.text.length NOT EXISTS", true],
  ["$.array.length NOT EXISTS", true],
  ["$.toString NOT EXISTS", true],
  ["$.__proto__ = p", true],
  ["$.same = 2", true],
  ['$.same = "2"', true],
  ["$.same = 1", false],
  ['$.quote = "a \\"b\\" A"', true],
  ['$.key = "4.0"', true],
  ['$.list[1] = "2.50"', true],
  ['$.list[3][1].k = "7.10"', true],
  ['$.list[*] = "2.5*"', true],
  ["$.list[*] != 1", true],
  ["$.list[*] > 2.4", true],
  ["$.list[*] > 2.5", false],
  ["$.list[9] NOT EXISTS", true],
  ["$.list[*] NOT EXISTS", false],
  ["$.array[*] NOT EXISTS", true],
  ["$.array[0] = 1", false],
  ["$.list.* = 1", false],
  ["$.object.* NOT EXISTS", true],
  ["$[0] NOT EXISTS", true],
  ['$.* = "1e3"', true],
  ["$[*] NOT EXISTS", true],
])("{ %s } is %s", (condition, expected) => {
  expect(matches(`{ ${condition} }`, EVENT)).toBe(expected);
});

test.each(["", "plain", '"text"', "12", "null", '{"a":1', "{'a':1}", '{"a":1} x'])(
  "%j is no JSON message",
  (message) => {
    expect(matches("{ $.b NOT EXISTS }", message)).toBe(false);
  },
);

test("an array and white space around are JSON messages", () => {
  expect(matches("{ $[0].a = 1 }", ' \n[{"a":1}]\n')).toBe(true);
});
