import { eventOf, rowsOf } from "../../support/insights";

const LINE = eventOf('user=alice, method:GET, latency := 12 "quoted, \\"text\\"" tail');

test.each([
  ["parse @message 'user=*, method:*,' as user, method", { user: "alice", method: "GET" }],
  ["parse 'user=*,' as @user", { "@user": "alice" }],
  ["parse '*=' as first", { first: "user" }],
  ["parse 'latency := *' as rest", { rest: '12 "quoted, \\"text\\"" tail' }],
  [
    "parse 'method:*' as rest | parse rest '*, *' as a, b",
    {
      rest: 'GET, latency := 12 "quoted, \\"text\\"" tail',
      a: "GET",
      b: 'latency := 12 "quoted, \\"text\\"" tail',
    },
  ],
  ["parse '*' as all | fields strlen(all) as n | display n", { n: "61" }],
  ["parse 'nobody=*' as x", {}],
  ["parse missing '*' as x", {}],
  ["parse 'method:*;' as x", {}],
  ["parse 'user=*e' as x", { x: "alic" }],
  ["parse @message /user=(?<@who>\\w+).*latency := (?<ms>\\d+)/", { "@who": "alice", ms: "12" }],
  ["parse @message /(\\w+):(\\w+)/ as k, v", { k: "method", v: "GET" }],
  ["parse /(user)=(?<name>\\w+)/", { name: "alice" }],
  ["parse /(?<a>x)?(?<b>u)ser/", { b: "u" }],
  ["parse /nobody(?<x>.)/", {}],
  ["parse @message /(?i)USER=(?<x>\\w+)/", { x: "alice" }],
])("%s takes out %j", (query, row) => {
  expect(rowsOf(query, [LINE])).toEqual([row]);
});

test("multi gives a row for each match, and leaves what does not match as it is", () => {
  const events = [eventOf("a=1 b=2"), eventOf("nothing", { timestamp: 1 })];
  expect(rowsOf("parse @message /(?<k>\\w)=(?<v>\\d)/ multi", events)).toEqual([
    { k: "a", v: "1" },
    { k: "b", v: "2" },
    {},
  ]);
});

test("logfmt gives a map", () => {
  const event = eventOf('level=info msg="it \\"works\\"" ok empty= n=5');
  expect(
    rowsOf("parse logfmt as m | display m.level, m.msg, m.ok, m.n + 1 as n, m.missing", [event]),
  ).toEqual([{ "m.level": "info", "m.msg": 'it "works"', "m.ok": "true", n: "6" }]);
});

test.each([
  ["a,b,c", { x: "a", y: "b", z: "c" }],
  ["a, b", { x: "a", y: "b" }],
  ['"a,1","say ""x""",c,d', { x: "a,1", y: 'say "x"', z: "c" }],
  ["a,,c", { x: "a", y: "", z: "c" }],
  ["", { x: "" }],
  ['"open', { x: "open" }],
])("csv of %j is %j", (line, row) => {
  expect(rowsOf("parse csv as x, y, z", [eventOf(line)])).toEqual([row]);
});

test("a parsed field may be filtered by, and events without it stay", () => {
  const events = [eventOf("n=1"), eventOf("n=2"), eventOf("x")];
  expect(rowsOf("parse 'n=*' as n | filter n != 1", events)).toEqual([{ n: "2" }, {}]);
});

test("parse takes its text from an expression too", () => {
  const event = eventOf({ arn: "arn:aws:iam::1:user/alice" });
  expect(rowsOf("parse concat(arn, '!') 'user/*!' as name", [event])).toEqual([{ name: "alice" }]);
});
