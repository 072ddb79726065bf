/** What AWS's documentation leaves open or is contradicted by observation, and what Cordon does until AWS says. */
export interface OpenQuestion {
  question: string;
  answer: string;
}

export const OPEN_QUESTIONS: readonly OpenQuestion[] = [
  {
    question: "Escapes inside quotes",
    answer: "A backslash before a quote or a backslash; elsewhere it stands for itself.",
  },
  { question: "Upper and lower case of field names", answer: "They differ, for all fields." },
  { question: "Letters beyond ASCII in a name", answer: "They need backticks." },
  { question: "Flags after a regex, `/x/i`", answer: "Refused: `(?i)` is the documented way." },
  {
    question: "The engine behind `like`, `=~` and `parse`",
    answer: "RE2's syntax. Look-around and back-references are refused.",
  },
  { question: "`&&` and `\\|\\|`", answer: "Refused." },
  {
    question: "`head`, `tail`, `search`; `field` for `fields`; `median`",
    answer: "The first three are known to AWS's parser and left to it. The others are refused.",
  },
  { question: "`bin(@timestamp, 1h)`", answer: "Refused: `bin` is documented with a period alone." },
  {
    question: "Precedence",
    answer:
      "`not` before `and` before `or`; `^`, then `* / %`, then `+ -`, then comparisons. `^` groups to the right.",
  },
  {
    question: "Quoted numbers",
    answer:
      "`=` compares by number when both sides look like numbers. Texts of more than 15 characters are compared as texts.",
  },
  {
    question: "`<` and its kin on texts",
    answer: "By number when both look like numbers, else by UTF-16 code units.",
  },
  { question: "`=` on texts that differ only in case", answer: "Not equal." },
  {
    question: "An absent field",
    answer:
      "`!=`, `not like` and `not in` hold (the first was observed); `=`, `<`, `>`, `like`, `=~` and `in` do not.",
  },
  { question: "JSON null, `{}` and `[]`", answer: "No fields: as if they were absent." },
  {
    question: "Whole objects and arrays of an event",
    answer:
      "No values: `fields userIdentity` shows nothing. Arrays are seen by `in`, `expand`, `jsonArraySize` and `jsonArrayContains`.",
  },
  { question: '`"x" in field`, where the field is no list', answer: "As `=`." },
  { question: "`true` and `false`", answer: '1 and 0. The text `"true"` is something else.' },
  {
    question: "A comparison with `null`",
    answer: "Accepted for AWS, not answered here: `ispresent()` says what is meant.",
  },
  {
    question: "A field alone as a condition",
    answer: "Holds for numbers other than 0 and for the text `true`.",
  },
  {
    question: "Messages that are not one JSON object",
    answer: "Have no discovered fields, even if they hold JSON after other text.",
  },
  {
    question: "Keys that hold dots",
    answer: "`a.b` is found as the key `b` in `a`, or else as the key `a.b`.",
  },
  { question: "Duplicate keys in an event", answer: "The last one counts." },
  {
    question: "Which 200 fields of a larger event are discovered",
    answer: "The first 200 leaves in the order of the text.",
  },
  { question: "`items[0]` on a discovered array", answer: "As `items.0`." },
  {
    question: "Numbers that a double does not hold",
    answer: "Rounded when they are JSON numbers; kept when they are texts.",
  },
  { question: "How numbers are written", answer: "As briefly as they can be read back: `1.5`, `100`." },
  { question: "Arithmetic on what is no number, division by 0", answer: "Absent." },
  {
    question: "`parse` with `*`",
    answer:
      "Each stands for as little as possible, a last one at the end of the pattern for all the rest; newlines included.",
  },
  {
    question: "`parse` where a name is a field of the event too",
    answer: "The name hides the field, also where the pattern did not match.",
  },
  {
    question: "`multi` together with `as`",
    answer: "Accepted, as documented, though it was seen to be refused.",
  },
  {
    question: "Columns after `parse`, `unnest` or `stats ... \\| fields`",
    answer: "Added to those that are shown, unless `display` has chosen.",
  },
  {
    question: "The name of a column that has no alias",
    answer: "The expression, with single blanks around operators and after commas.",
  },
  {
    question: "`filter`, `sort` or `limit` before others",
    answer: "Commands apply in their order: `limit 5 \\| filter ...` filters five rows.",
  },
  { question: "The order of `sort` without a direction", answer: "Ascending." },
  {
    question: "Absent values in `sort`",
    answer: "Before all others when ascending, after them when descending.",
  },
  { question: "Numbers in `sort`", answer: "Digits, with sign and decimals; AWS documents digits only." },
  {
    question: "The order of rows without `sort`",
    answer: "By @timestamp, the latest first; the rows of `stats` by their groups, ascending.",
  },
  { question: "`limit` of the query against that of the caller", answer: "The smaller." },
  {
    question: "Events that lack a field of `by`",
    answer: "A group of their own, whose row lacks the field.",
  },
  { question: "`stats` over no events", answer: "No row." },
  { question: "`pct`", answer: "Nearest rank, exact." },
  { question: "`stddev` and `variance`", answer: "Of the population." },
  { question: "`sum`, `avg` and their kin over what is no number", answer: "Left out." },
  { question: "`min` and `max` over texts", answer: "Texts come before numbers, in natural order." },
  { question: "`rate`", answer: "The change from the first event to the last, per period." },
  {
    question: "`histogram`",
    answer:
      "Rounds down to a multiple of its second argument, as observed; documented is the number of buckets.",
  },
  {
    question: "`topk`",
    answer: "A row for each value, and its count in a column that is named after the call.",
  },
  { question: "`offset` of `bin`", answer: "Added to the start of each bin." },
  { question: "Bins of weeks, months and years", answer: "Counted from 1970-01-01 00:00 UTC." },
  { question: "Caps of periods longer than hours", answer: "None." },
  { question: "`unnest` of an absent list", answer: "The row stays, without the item." },
  { question: "Replacements of `regexReplace`", answer: "`$1` is the first group." },
  {
    question: "The directives of `formatDate`",
    answer:
      "C's, in its own locale, and `%L` and `%f` for milliseconds and microseconds. Others are refused.",
  },
  {
    question: "The letters of `parseDate`",
    answer: "`y u M L d E H h a m s S z Z X x V`, as in Java. Others are refused.",
  },
  { question: "`substr` with a negative position", answer: "Absent." },
  {
    question: "`isPublicIP` and `isReservedIP`",
    answer: "Reserved is what IANA lists for special purposes, RFC 1918 left out; public is the rest.",
  },
];
