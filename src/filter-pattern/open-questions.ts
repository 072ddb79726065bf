/** What AWS's documentation leaves open or is contradicted by observation, and what Cordon does until AWS says. */
export interface OpenQuestion {
  question: string;
  answer: string;
}

export const OPEN_QUESTIONS: OpenQuestion[] = [
  {
    question: "Blanks before `{`, `[` or `%`",
    answer: "Refused: AWS was seen to refuse them. Blanks after the pattern are accepted.",
  },
  { question: "A pattern of `-` terms alone", answer: "Matches every message that holds none of them." },
  { question: 'An empty phrase `""`', answer: "Refused as a term; allowed as a JSON or field value." },
  {
    question: "Escapes inside double quotes",
    answer: '`\\"` is a quote, `\\\\` a backslash; any other backslash is refused.',
  },
  {
    question: "Letters beyond ASCII in an unquoted term",
    answer: "Accepted, as Unicode's letters, marks and digits.",
  },
  {
    question: "A regular expression beside terms",
    answer: "Refused: the documentation knows it alone, in JSON and in space-delimited patterns.",
  },
  {
    question: "A blank inside a regular expression",
    answer: "Accepted: AWS's own example has one, though its list of characters does not.",
  },
  { question: "What `.` does with a newline", answer: "It does not match it." },
  {
    question: "`?` after another repeat",
    answer: "Refused, as it may mean lazy or optional; after `*` both mean the same and it is accepted.",
  },
  {
    question: "Braces and brackets that pair with nothing in a regular expression",
    answer: "Refused; a backslash makes them literal.",
  },
  { question: "Large repeats", answer: "At most 1000 in all of one regular expression." },
  {
    question: "Regular expressions over messages and values",
    answer: "Run over the whole text; `^` and `$` are its ends, not a line's.",
  },
  {
    question: "Characters of an unquoted value",
    answer:
      "Letters, digits, `_`, `.` and `*`, and whole numbers with sign and exponent; all else needs double quotes.",
  },
  {
    question: "A wildcard that could match in several ways",
    answer:
      "All are tried, as documented. An older AWS was seen to take the first place only, so that `*1.1` missed `1.1.1`.",
  },
  { question: "A literal `*`", answer: "Cannot be written in a value; in a phrase `*` is itself." },
  {
    question: "A message that is no JSON, or no object or array",
    answer: "Never matches a JSON pattern, `NOT EXISTS` included.",
  },
  { question: "`IS NULL` on an absent field", answer: "False." },
  { question: "A JSON null compared with a value", answer: "False, with `!=` too." },
  {
    question: "A JSON number against quoted text, a wildcard or a regular expression",
    answer: 'Compared as it is written in the message: `12.0` is not `"12"`. AWS was seen to do so.',
  },
  {
    question: "A JSON string against an unquoted number",
    answer: "Equal when written alike; `<` and `>` are false.",
  },
  {
    question: "A JSON boolean against text",
    answer: "Compared as `true` or `false`. `IS TRUE` and `IS FALSE` are the documented way.",
  },
  { question: "`!=` with `[*]` or `.*`", answer: "True when any of the values differs." },
  { question: "`NOT EXISTS` with `[*]` or `.*`", answer: "True when there is no such value at all." },
  {
    question: "What `.*` and `[*]` range over",
    answer: "`.*` over the fields of an object, `[*]` over the elements of an array.",
  },
  { question: "`IS`, `NOT EXISTS` and their values in lower case", answer: "Refused." },
  { question: "Equal keys in a JSON object", answer: "The last one counts." },
  {
    question: "Very large or very precise numbers",
    answer: "`=`, `<` and the like compare as 64-bit floating point; quoted text compares all digits.",
  },
  {
    question: "Several blanks between fields of a line",
    answer: "Count as one. Only blanks part fields: no tabs, no newlines.",
  },
  {
    question: "A group that is not closed, or not followed by a blank",
    answer: 'Not a group: `[x` and `"x"y` are fields as they stand. A `\\"` does not close a quoted group.',
  },
  { question: "A line with fewer fields than the pattern names", answer: "Does not match." },
  {
    question: "A line with more fields, without `...`",
    answer: "Matches; the further fields are extracted by position.",
  },
  {
    question: "Several `...`, a name twice, a name of digits only, parentheses in a slot",
    answer: "Refused.",
  },
  {
    question: "A condition that names another field than its slot",
    answer: "Refused; AWS was seen to refuse it.",
  },
  {
    question: "A field of digits against an unquoted number",
    answer: "Equal when written alike or equal as numbers.",
  },
  { question: "`extractedValues` of JSON patterns", answer: "Empty, as for terms." },
];
