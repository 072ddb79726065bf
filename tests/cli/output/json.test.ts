import { escapeJson, safeJson } from "../../../src/cli/output/json";

test("what a terminal would act on is escaped, and the value stays the same", () => {
  const hostile = {
    agent: "a\u001b[31mb\u202ec\u0085d\u{e0001}e\u2028f\ud800g\u200b",
    "\u001bkey": ["\u007f"],
  };
  const text = safeJson(hostile, 0);
  expect(text).toBe(
    String.raw`{"agent":"a\u001b[31mb\u202ec\u0085d\udb40\udc01e\u2028f\ud800g\u200b","\u001bkey":["\u007f"]}`,
  );
  expect(JSON.parse(text)).toEqual(hostile);
});

test("what people write is left as it is", () => {
  expect(safeJson({ name: "Zoë 名前 🙂" }, 0)).toBe('{"name":"Zoë 名前 🙂"}');
});

test("white space between tokens of foreign JSON cannot move the cursor", () => {
  const text = '{"a":\r\t1,\n"b":"\\r"}';
  expect(escapeJson(text)).toBe('{"a":  1,\n"b":"\\r"}');
  expect(JSON.parse(escapeJson(text))).toEqual(JSON.parse(text));
});
