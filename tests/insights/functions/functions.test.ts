import { AGGREGATE_FUNCTIONS, SCALAR_FUNCTIONS } from "../../../src/insights/functions/table";
import { SAMPLE_EVENT, SAMPLE_EVENTS, SAMPLE_OPTIONS } from "../../../src/insights/reference/samples";
import { rowsOf } from "../../support/insights";

const scalars = SCALAR_FUNCTIONS.flatMap(({ examples }) => examples);
const aggregates = AGGREGATE_FUNCTIONS.flatMap(({ examples }) => examples);

test.each(scalars)("%s gives %j", (call, result) => {
  expect(rowsOf(`fields ${call} as x`, [SAMPLE_EVENT], SAMPLE_OPTIONS)).toEqual([
    result === null ? {} : { x: result },
  ]);
});

test.each(aggregates)("%s gives %j", (call, result) => {
  const [row] = rowsOf(`stats ${call} as x`, SAMPLE_EVENTS, SAMPLE_OPTIONS);
  expect(row?.x ?? null).toBe(result);
});

test.each(SCALAR_FUNCTIONS.filter(({ parameters }) => parameters.length > 0 && parameters[0] === "value"))(
  "$name has an example that hits and one that misses",
  ({ name, examples }) => {
    if (name === "unmask") return;
    expect(new Set(examples.map(([, result]) => result)).size).toBeGreaterThan(1);
  },
);

test.each(
  [...SCALAR_FUNCTIONS, ...AGGREGATE_FUNCTIONS].flatMap(({ aliases = [], name }) =>
    aliases.map((alias) => [alias, name]),
  ),
)("%s is %s", (alias, name) => {
  const all = [...SCALAR_FUNCTIONS, ...AGGREGATE_FUNCTIONS];
  const definition = all.find((candidate) => candidate.name === name);
  const [call = ""] = definition?.examples[0] ?? [];
  const renamed = call.replace(/^\w+/, alias);
  const command = definition?.kind === "aggregate" ? "stats" : "fields";
  const events = definition?.kind === "aggregate" ? SAMPLE_EVENTS : [SAMPLE_EVENT];
  expect(rowsOf(`${command} ${renamed} as x`, events)).toEqual(rowsOf(`${command} ${call} as x`, events));
});

test.each([
  ['isIpInSubnet("::ffff:192.0.2.1", "192.0.2.0/24")', "0"],
  ['isIpInSubnet("2001:db8::1", "2001:db8::/32")', "1"],
  ['isIpv4InSubnet("2001:db8::1", "192.0.2.0/24")', "0"],
  ['isIpInSubnet("192.0.2.1", concat("192.0.2.0", "/33"))', "0"],
  ['isValidIp("fe80::1%eth0")', "0"],
  ['isPublicIP("172.32.0.1")', "1"],
  ['isPrivateIP("172.31.255.255")', "1"],
  ['isReservedIP("fe80::1")', "1"],
])("%s gives %s", (call, result) => {
  expect(rowsOf(`fields ${call} as x`, [SAMPLE_EVENT])).toEqual([{ x: result }]);
});

test.each([
  ['parseDate("2024-02-30", "yyyy-MM-dd")', undefined],
  ['parseDate("24/07/10 06:30 PM", "yy/MM/dd hh:mm a")', "1720636200000"],
  ['parseDate("12:00 AM", "hh:mm a")', "0"],
  ['parseDate("2024-07-10T18:30:33.5+02:00", "yyyy-MM-dd\'T\'HH:mm:ss.SXXX")', "1720629033500"],
  ['parseDate("Wed, July 10 2024", "EEE, MMMM d yyyy")', "1720569600000"],
  ['parseDate("2024-03-31 02:30", "yyyy-MM-dd HH:mm", "Europe/Berlin")', "1711848600000"],
  ['parseDate("x2024", "yyyy")', undefined],
  [
    'formatDate(fromMillis(0), "%A %d %B %Y %I:%M:%S.%L %p %z %Z %j %s %F %T %D %e %%")',
    "Thursday 01 January 1970 12:00:00.000 AM +0000 UTC 001 0 1970-01-01 00:00:00 01/01/70  1 %",
  ],
  [
    'formatDate(fromMillis(1609686245000), "%C|%G|%g|%V|%U|%W|%k|%l|%c|%r|%x|%X|%h|%R|%%D")',
    "20|2020|20|53|01|00|15| 3|Sun Jan  3 15:04:05 2021|03:04:05 PM|01/03/21|15:04:05|Jan|15:04|%D",
  ],
  [
    'formatDate(fromMillis(1546214400000), "%C|%G|%g|%V|%U|%W|%k|%l|%c|%r|%x|%X|%h|%R|%%D")',
    "20|2019|19|01|52|53| 0|12|Mon Dec 31 00:00:00 2018|12:00:00 AM|12/31/18|00:00:00|Dec|00:00|%D",
  ],
  [
    'formatDate(fromMillis(1735516799000), "%C|%G|%g|%V|%U|%W|%k|%l|%c|%r|%x|%X|%h|%R|%%D")',
    "20|2024|24|52|52|52|23|11|Sun Dec 29 23:59:59 2024|11:59:59 PM|12/29/24|23:59:59|Dec|23:59|%D",
  ],
  ['formatDate(fromMillis(0), "%H:%M %z", "-05:30")', "18:30 -0530"],
  ['formatDate(fromMillis(1720636233524), "%H", "America/New_York")', "14"],
])("%s gives %s", (call, result) => {
  expect(rowsOf(`fields ${call} as x`, [SAMPLE_EVENT])).toEqual([result === undefined ? {} : { x: result }]);
});

test.each([
  ["bin(300s)", "2024-07-10 18:30:00.000"],
  ["bin(2000ms)", "2024-07-10 18:30:33.000"],
  ["bin(90m)", "2024-07-10 18:00:00.000"],
  ["bin(48h)", "2024-07-10 00:00:00.000"],
  ["bin(1w)", "2024-07-04 00:00:00.000"],
  ["bin(1mo)", "2024-07-01 00:00:00.000"],
  ["bin(2quarters)", "2024-07-01 00:00:00.000"],
  ["bin(1yr)", "2024-01-01 00:00:00.000"],
  ["dateceil(@timestamp, 1month)", "2024-08-01 00:00:00.000"],
  ["dateceil(fromMillis(0), 1d)", "1970-01-01 00:00:00.000"],
  ["datefloor(fromMillis(-1), 1h)", "1969-12-31 23:00:00.000"],
])("%s gives %s", (call, result) => {
  expect(rowsOf(`fields ${call} as x`, [SAMPLE_EVENT])).toEqual([{ x: result }]);
});

test("deep JSON is no danger", () => {
  const deep = `${"[".repeat(3000)}${"]".repeat(3000)}`;
  expect(rowsOf("fields jsonParse(@message) as x", [{ timestamp: 0, message: deep }])).toEqual([{}]);
});
