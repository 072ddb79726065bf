import { extract, matches } from "../../src/filter-pattern";

/** The examples of API_TestMetricFilter: messages, and what is extracted from those that match. */
const GIF = [
  '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 200 1534',
  '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /apache_pb.gif HTTP/1.0" 500 5324',
  '127.0.0.1 - frank [10/Oct/2000:13:50:35 -0700] "GET /apache_pb.gif HTTP/1.0" 200 4355',
];
const HTML = [
  '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534',
  '127.0.0.1 - frank [10/Oct/2000:13:35:22 -0700] "GET /about-us/index.html HTTP/1.0" 200 5324',
  '127.0.0.1 - frank [10/Oct/2000:13:50:35 -0700] "GET /apache_pb.gif HTTP/1.0" 404 4355',
  '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /products/index.html HTTP/1.0" 400 1534',
];
const LINES = [
  "02 May 2014 00:34:12,525 [INFO] Starting the application",
  "02 May 2014 00:35:14,245 [DEBUG] Database connection established",
  "02 May 2014 00:34:14,663 [INFO] Executing SQL Query",
  "02 May 2014 00:34:16,142 [ERROR] Unhanded exception: InvalidQueryException",
  "02 May 2014 00:34:16,224 [ERROR] Terminating the application",
];
const FIRST_THREE = { $1: "127.0.0.1", $2: "-", $3: "frank" };

test.each([
  {
    pattern: "[ip, identity, user_id, timestamp, request, status_code, size]",
    messages: GIF,
    matched: [0, 1, 2],
    last: {
      $ip: "127.0.0.1",
      $identity: "-",
      $user_id: "frank",
      $timestamp: "10/Oct/2000:13:50:35 -0700",
      $request: "GET /apache_pb.gif HTTP/1.0",
      $status_code: "200",
      $size: "4355",
    },
  },
  {
    pattern: "[..., size]",
    messages: GIF,
    matched: [0, 1, 2],
    last: {
      ...FIRST_THREE,
      $4: "10/Oct/2000:13:50:35 -0700",
      $5: "GET /apache_pb.gif HTTP/1.0",
      $6: "200",
      $size: "4355",
    },
  },
  {
    pattern: "[]",
    messages: GIF,
    matched: [0, 1, 2],
    last: {
      ...FIRST_THREE,
      $4: "10/Oct/2000:13:50:35 -0700",
      $5: "GET /apache_pb.gif HTTP/1.0",
      $6: "200",
      $7: "4355",
    },
  },
  {
    pattern: "[..., status_code=200, size]",
    messages: GIF,
    matched: [0, 2],
    last: {
      ...FIRST_THREE,
      $4: "10/Oct/2000:13:50:35 -0700",
      $5: "GET /apache_pb.gif HTTP/1.0",
      $status_code: "200",
      $size: "4355",
    },
  },
  {
    pattern: "[..., request=*.html*, status_code=4*,]",
    messages: HTML,
    matched: [0, 3],
    last: {
      ...FIRST_THREE,
      $4: "10/Oct/2000:13:25:15 -0700",
      $request: "GET /products/index.html HTTP/1.0",
      $status_code: "400",
      $7: "1534",
    },
  },
  { pattern: '"[ERROR]"', messages: LINES, matched: [3, 4], last: {} },
  { pattern: '"[ERROR]" Exception', messages: LINES, matched: [3], last: {} },
])("TestMetricFilter's example $pattern", ({ pattern, messages, matched, last }) => {
  const indexes = messages.flatMap((message, index) => (matches(pattern, message) ? [index] : []));
  expect(indexes).toEqual(matched);
  const extracted = extract(pattern, messages[matched.at(-1) ?? 0] ?? "");
  expect({ ...extracted }).toEqual(last);
  expect(Object.getPrototypeOf(extracted)).toBeNull();
});

test("nothing is extracted from a line that does not match", () => {
  expect({ ...extract("[a = 1, b]", "2 3") }).toEqual({});
});

test.each([
  ["[a]", "x  y z", { $a: "x", $2: "y", $3: "z" }],
  ["[a, ..., b]", "x y", { $a: "x", $b: "y" }],
  ["[a, ..., b]", "x", {}],
  ["[...]", "", {}],
  ["[a]", '"un closed', { $a: '"un', $2: "closed" }],
  ["[a]", "[x]y [p q] z]", { $a: "[x]y", $2: "p q", $3: "z]" }],
  ["[a]", '"say \\"hi there\\" now" end', { $a: 'say \\"hi there\\" now', $2: "end" }],
  ["[a]", '[] ""', { $a: "", $2: "" }],
  ["[a]", "x\ty", { $a: "x\ty" }],
])("extracts from %j over %j", (pattern, message, expected) => {
  expect({ ...extract(pattern, message) }).toEqual(expected);
});
