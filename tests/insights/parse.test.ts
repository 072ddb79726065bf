import { MAX_QUERY_LENGTH, parse } from "../../src/insights";
import { formatProblem } from "../../src/model/error";
import { problemsOf } from "../support/problems";

const VALID: readonly string[] = [
  "fields @timestamp, @message",
  "FIELDS a AS b | FILTER b IN [1, 'x'] | SORT b DESC | LIMIT 5",
  "# a title\nfields a # the field\n# | filter b = 1\n| filter c = 2",
  'filter a like "x#y" or a like /#|x/',
  "filter isFinal",
  "filter !ispresent(x) and not (y = 1)",
  "where x == 1",
  'filter "80"or x = "443"',
  'filter a =~ /[/"]\\/(?i)x/',
  "filter a not like /x/ and b not in [-1, 1e6, true]",
  'filter "x" in tags',
  "filter ((a + b) * 2 ^ 3 - -1) % 4 >= c / 2",
  "fields `foo-bar` as `Foo Bar`, @`aws.tag.aws:cloudformation:stack-name`, a.`b.c`.0",
  "fields foo-bar",
  "fields jsonParse(@message) as j | fields j.users[1].name, jsonParse(x).y",
  "parse 'a=*, b=*' as a, @b",
  "parse @message /(?<@ip>\\d+) (?<user.name>.*)/",
  "parse @message /(\\d+) (x)/ as a, b multi",
  "parse logfmt as m",
  "parse csv as a, b",
  "parse logfmt logfmt as m",
  "parse xml XML '/a/b' as c",
  "stats count(*)",
  "stats count (*) as c, avg (x) by bin (1min), y as z",
  'stats sum(action = "BLOCK"), sum(a) / count(*) as r, r * 2 as s by bin(5m) offset 1h',
  "sort by x desc | limit any 3",
  "order by x, y desc",
  "sort x | limit 5 | stats count(*) by y | filter y = 1",
  "stats count(*) as c by bin(5m) as t | stats max(c) by dateceil(t, 10m)",
  "stats count(*) by a | stats max(`count(*)`), sum(count(*))",
  "stats count(*) by a | sort COUNT(*) desc",
  "sort a | dedup a, b | limit 5",
  "unnest jsonParse(@message).list into item",
  "expand list",
  "filterIndex a = 1 and b in ['x']",
  "fields unmask(@message)",
  "SOURCE 'a' | SOURCE logGroups(namePrefix: ['x', 'y']) | fields a",
  'SOURCE "g" START=-3600s END=0s | filter a = 1',
  "filter a in (SOURCE 'g' | filter b = 1 | fields a)",
  "join type=inner left=a right=b where a.x=b.y (SOURCE 'g' | fields x) | fields a.x",
  "pattern @message | diff previousDay",
  "pattern @message | anomaly",
  "lookup users id OUTPUT name, email",
  "fields if(a > 1, 'x', null) as b",
  "parse @message /a\nb(?<c>.)/",
];

test.each(VALID)("accepts %j", (text) => {
  expect(parse(text).commands.length).toBeGreaterThan(0);
});

const INVALID: readonly (readonly [text: string, problem: string])[] = [
  ["", "1:1: expected a command, found the end of the query"],
  ["| fields a", "1:1: expected a command, found |"],
  ["fields a |", "1:11: expected a command, found the end of the query"],
  ["fields a || fields b", "1:11: expected a command, found |"],
  ["fields a\n| fielts b", "2:3: there is no command fielts (did you mean fields?)"],
  ["fields a, ", "1:11: expected a field, a value or a function, found the end of the query"],
  ["fields a as", "1:12: expected the name of a field, found the end of the query"],
  ["fields a as by", "1:13: expected the name of a field, found by"],
  ["fields a b", "1:10: expected | and a command, or the end of the query, found b"],
  ["fields median(x)", "1:8: there is no function median"],
  ["fields strlen()", "1:8: strlen takes 1 argument, not 0"],
  ["fields substr(a)", "1:8: substr takes 2 to 3 arguments, not 1"],
  ["fields coalesce()", "1:8: coalesce takes 1 or more arguments, not 0"],
  ["fields now(1)", "1:8: now takes no arguments, not 1"],
  ["filter a = 'x", "1:12: the text has no closing quote (close it with ')"],
  ["filter a = `x", "1:12: the name has no closing backtick"],
  ["filter `` = 1", "1:8: the name between the backticks is empty"],
  ["filter a like /x", "1:15: the regex has no closing slash (a slash inside it is written \\/)"],
  [
    "filter a like /x/i",
    "1:18: expected no flags after a regex, found i (write (?i) at the start of the regex)",
  ],
  ["filter a like x", "1:15: expected a /regex/ or a quoted text after like, found x"],
  ["filter a =~ 'x'", "1:13: expected a /regex/ after =~, found 'x'"],
  [
    "filter a = /x/",
    "1:12: expected a field, a value or a function, found / (a regex stands only after like, =~ or parse)",
  ],
  ["filter a like /x(?=y)/", "1:17: look-ahead and look-behind are not supported"],
  ["filter a like /x(?<!y)/", "1:17: look-ahead and look-behind are not supported"],
  ["filter a like /(x)\\1/", "1:19: back-references are not supported"],
  ["filter a like /ab(/", "1:16: missing closing ): `ab(`"],
  ["filter a like /a{1001}/", "1:17: invalid repeat count: `{1001}`"],
  ["filter a && b", '1:10: unexpected "&" (write and)'],
  ["filter a || b", "1:11: expected a command, found |"],
  ["filter a = \u201cx\u201d", '1:12: unexpected "\u201c" (use straight quotes)'],
  ["filter a in []", "1:14: expected a quoted text or a number in the list, found ]"],
  ["filter a in [x]", "1:14: expected a quoted text or a number in the list, found x (put text in quotes)"],
  ["filter a in [1", "1:15: expected ] or , in the list, found the end of the query"],
  [
    "filter a in 1",
    "1:13: expected a list in brackets, a subquery in parentheses or a field after in, found 1",
  ],
  ["filter (a = 1", "1:14: expected ), found the end of the query"],
  ["filter a = 192.0.2.1", "1:17: expected | and a command, or the end of the query, found ."],
  ["filter a = 5x!", "1:12: expected a field, a value or a function, found 5x (put text in quotes)"],
  ["filter a = 5_", "1:12: this is neither a number nor a period (put text in quotes)"],
  ["filter a. = 1", "1:9: expected | and a command, or the end of the query, found ."],
  ["filter a = b = c", "1:14: expected | and a command, or the end of the query, found ="],
  ["filter count(*) > 1", "1:8: count() stands only in stats"],
  ["fields list[x]", "1:13: expected a position like 0, found x"],
  ["stats sum(x", "1:12: expected ) or , in the call of sum, found the end of the query"],
  ["stats x", "1:7: stats needs an aggregate function here (like count(*))"],
  ["stats count(*) by", "1:18: expected a field, a value or a function, found the end of the query"],
  ["stats sum(*)", "1:11: expected a field, a value or a function, found *"],
  ["stats sum(max(x))", "1:11: max() stands only in stats"],
  [
    "stats sum(a) / b",
    "1:16: b is neither aggregated nor grouped by (put it into an aggregate function, or behind by)",
  ],
  [
    "stats count(*) by bin(5)",
    "1:23: expected a period like 5m, found 5 (units: ms s m h d w mo q y, or their names)",
  ],
  ["stats count(*) by bin(5q9)", "1:23: this is neither a number nor a period (put text in quotes)"],
  [
    "stats count(*) by bin(0m)",
    "1:23: expected a period like 5m, found 0m (units: ms s m h d w mo q y, or their names)",
  ],
  ["stats topk(3, x), count(*)", "1:1: topk stands alone in its stats, without by"],
  ["stats topk(3, x) by y", "1:1: topk stands alone in its stats, without by"],
  ["stats topk(3, x) + 1", "1:7: topk stands alone in its stats"],
  ["stats pct(x, 101)", "1:14: 101 is more than 100 percent"],
  [
    "sort a | stats count(*) as c by b | stats max(c)",
    "1:1: with several stats, sort must stand after the last of them",
  ],
  [
    "stats count(*) as c by b | limit 5 | stats max(c)",
    "1:28: with several stats, limit must stand after the last of them",
  ],
  [
    "stats count(*) by b | stats count(*) by bin(5m)",
    "1:41: bin() needs @timestamp, which the stats before does not give (group the first stats by bin(5m) as @t and use dateceil(@t, 10m) here)",
  ],
  ["stats count(*) as c by b | stats max(d)", "1:38: d is no column of the stats before"],
  [
    "fields a | fields b as a | stats count(*) by a",
    "1:46: a was listed by fields and then given anew, so stats does not know it (choose another name)",
  ],
  ["dedup a | fields a", "1:11: only limit may follow dedup, not fields"],
  ["fields a | anomaly", "1:12: anomaly stands only after pattern"],
  ["fields a | SOURCE 'x'", "1:12: SOURCE stands only at the start of a query"],
  ["limit 0", "1:7: 0 is not a limit from 1 to 100000"],
  ["limit 100001", "1:7: 100001 is not a limit from 1 to 100000"],
  ["limit 1.5", "1:7: expected a whole number after limit, found 1.5"],
  [
    "parse @message",
    "1:15: expected a quoted pattern with *, or a /regex/, after parse, found the end of the query",
  ],
  ["parse 'a*'", "1:11: expected as and a name for each part, found the end of the query"],
  ["parse 'a* b*' as x", "1:7: the pattern has 2 *, but 1 name is given"],
  ["parse /(a)(b)/ as x", "1:7: the regex has 2 groups, but 1 name is given"],
  [
    "parse /a(b)/",
    "1:7: the regex takes nothing out (name a group like (?<user>...), or name groups after as)",
  ],
  ["parse /(?<a>x)(?<a>y)/", "1:15: two groups are named a"],
  ["parse /(?<a-b>x)/", '1:8: "a-b" is no name for a group'],
  ["parse logfmt as a, b", "1:7: logfmt takes one name, not 2"],
  ["unnest x", "1:9: expected into and a name after what is unnested, found the end of the query"],
  [
    "unnest split(a, ',') into b",
    "1:8: AWS does not unnest what split() gives (unnest a list that jsonParse() gives)",
  ],
  [
    'filter @timestamp > "2024-07-10"',
    "1:21: times are not compared with text (compare toMillis(@timestamp) with milliseconds since 1970)",
  ],
  ["filterIndex a like /x/", "1:13: filterIndex takes only field = value and field in [...] (use filter)"],
  [
    "filter isIpInSubnet(a, '10.0.0.0/33')",
    '1:24: "10.0.0.0/33" is no CIDR block (write it like 192.0.2.0/24)',
  ],
  [
    "filter isIpv6InSubnet(a, '10.0.0.0/8')",
    '1:26: "10.0.0.0/8" is no CIDR block (write it like 2001:db8::/32)',
  ],
  ["fields formatDate(a, '%Q')", "1:22: the date format's %Q is not supported"],
  ["fields parseDate(a, 'yyyy-ww')", "1:21: the date pattern's ww is not supported"],
  ["fields formatDate(a, '%Y', 'Mars')", '1:28: "Mars" is no time zone (like "Europe/Berlin")'],
  ["filter a in (filter b in (fields c))", "1:26: a subquery stands in no other subquery"],
  ["filter a in (fields b | limit 0)", "1:31: 0 is not a limit from 1 to 100000"],
  ["filter a in (fields b", "1:22: expected ) after the subquery, found the end of the query"],
  ["lookup x (y", "1:12: expected ), found the end of the query"],
  ["lookup x y)", "1:11: expected | and a command, or the end of the query, found )"],
  ["lookup x (y]", "1:1: ] closes nothing in lookup"],
  ["$Saved(a = 1)", "1:1: calls of saved queries are not supported (write the saved query's text)"],
  ["fields a\r\n| filter b =\n", "3:1: expected a field, a value or a function, found the end of the query"],
  ["filter a = '\u202e' x", "1:16: expected | and a command, or the end of the query, found x"],
];

test.each(INVALID)("refuses %j with its place", (text, problem) => {
  expect(problemsOf(() => parse(text)).map(formatProblem)[0]).toBe(problem);
});

test("refuses case with more than ten conditions", () => {
  const branches = Array.from({ length: 11 }, (_, index) => `a = ${index}, ${index}`).join(", ");
  expect(problemsOf(() => parse(`fields case(${branches}, 0)`))[0]?.message).toBe(
    "case takes at most 10 conditions",
  );
  expect(() => parse(`fields case(${branches.replace("a = 0, 0, ", "")}, 0)`)).not.toThrow();
});

test("refuses more than ten stats", () => {
  const stats = (count: number) =>
    Array.from({ length: count }, () => "stats count(*) as c by c").join(" | ");
  expect(problemsOf(() => parse(stats(11)))[0]).toMatchObject({ code: "insights-too-many-stats" });
  expect(() => parse(stats(10))).not.toThrow();
});

test("reports every problem that checking finds, in the order of the text", () => {
  const problems = problemsOf(() =>
    parse("sort a\n| stats sum(a) + b as c\n| stats max(d)\n| parse '*' as e, f"),
  );
  expect(problems.map(({ code, place }) => [code, place])).toEqual([
    ["insights-command-order", { line: 1, column: 1 }],
    ["insights-not-aggregated", { line: 2, column: 18 }],
    ["insights-unknown-field", { line: 3, column: 13 }],
    ["insights-parse-names", { line: 4, column: 9 }],
  ]);
});

test("takes as many characters as StartQuery does, and no more", () => {
  const query = (length: number) => `fields a #${"x".repeat(length - 10)}`;
  expect(() => parse(query(MAX_QUERY_LENGTH))).not.toThrow();
  expect(problemsOf(() => parse(query(MAX_QUERY_LENGTH + 1)))[0]).toMatchObject({
    code: "insights-too-long",
  });
});

test.each([
  ["parentheses", `filter ${"(".repeat(4000)}a${")".repeat(4000)}`],
  ["negations", `filter ${"not ".repeat(2000)}a`],
  ["minus signs", `filter ${"- ".repeat(4000)}a`],
  ["sums", `filter a${"+a".repeat(4000)}`],
  ["powers", `filter a${"^a".repeat(4000)}`],
  ["steps into a list", `filter a${"[0]".repeat(3000)}`],
  ["calls", `filter ${"abs(".repeat(1500)}a${")".repeat(1500)}`],
  ["subqueries", `${"filter a in (".repeat(700)}fields a${")".repeat(700)}`],
  ["segments", `filter a${".a".repeat(4000)}`],
])("refuses a tower of %s instead of running out of stack", (_, text) => {
  expect(problemsOf(() => parse(text))[0]?.code).toMatch(/^insights-(?:too-deep|syntax)$/);
});

test("takes a long chain of or, since it is not deep", () => {
  const text = `filter ${Array.from({ length: 600 }, () => "a = 'x'").join(" or ")}`;
  expect(parse(text).commands).toHaveLength(1);
});
