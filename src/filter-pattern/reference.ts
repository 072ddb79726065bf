/** What Cordon knows of filter patterns: printed into docs/filter-patterns.md, and run by the tests. */

const LOGS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs";
const API = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference";

/** Where a construct is documented. */
export const SOURCES = {
  syntax: `${LOGS}/FilterAndPatternSyntax.html`,
  regex: `${LOGS}/regex-expressions.html`,
  test: `${API}/API_TestMetricFilter.html`,
  filter: `${API}/API_FilterLogEvents.html`,
} as const;

/** One construct of the language with a message that its example matches and one that it does not. */
export interface Construct {
  name: string;
  pattern: string;
  matches: string;
  /** Absent where every message matches. */
  differs?: string;
  source: keyof typeof SOURCES;
}

export const TERMS: Construct[] = [
  { name: "Everything", pattern: "", matches: "anything", source: "filter" },
  { name: "Everything, as a phrase", pattern: '" "', matches: "anything", source: "syntax" },
  {
    name: "Term, anywhere, in this case",
    pattern: "ERROR",
    matches: "ERRORCODE: -1",
    differs: "error",
    source: "syntax",
  },
  {
    name: "All terms, in any order",
    pattern: "ERROR ARGUMENTS",
    matches: "[ERROR 419] MISSING ARGUMENTS",
    differs: "[ERROR 400] BAD REQUEST",
    source: "syntax",
  },
  {
    name: "Phrase",
    pattern: '"INTERNAL SERVER ERROR"',
    matches: "[ERROR 500] INTERNAL SERVER ERROR",
    differs: "INTERNAL ERROR OF A SERVER",
    source: "syntax",
  },
  {
    name: "Phrase and term",
    pattern: '"[ERROR]" Exception',
    matches: "02 May 2014 00:34:16,142 [ERROR] Unhanded exception: InvalidQueryException",
    differs: "02 May 2014 00:34:16,224 [ERROR] Terminating the application",
    source: "test",
  },
  {
    name: "Any of the terms",
    pattern: '?"AccessDenied" ?"Client.UnauthorizedOperation"',
    matches: '{"errorCode":"Client.UnauthorizedOperation"}',
    differs: '{"errorCode":"ThrottlingException"}',
    source: "syntax",
  },
  {
    name: "`?` beside other terms is ignored",
    pattern: "?ERROR ?ARGUMENTS REQUEST",
    matches: "[INFO] REQUEST FAILED",
    differs: "[ERROR] MISSING ARGUMENTS",
    source: "syntax",
  },
  {
    name: "Excluded term",
    pattern: "ERROR -ARGUMENTS",
    matches: "[ERROR 400] BAD REQUEST",
    differs: "[ERROR 419] MISSING ARGUMENTS",
    source: "syntax",
  },
];

export const REGEXES: Construct[] = [
  {
    name: "Regular expression, anywhere",
    pattern: "%AUTHORIZED%",
    matches: "UNAUTHORIZED",
    differs: "DENIED",
    source: "regex",
  },
  { name: "Start and end", pattern: "%^[hc]at$%", matches: "cat", differs: "cats", source: "regex" },
  { name: "Optional", pattern: "%colou?r%", matches: "color", differs: "colouur", source: "regex" },
  { name: "Class and range", pattern: "%[abcx-z]1%", matches: "y1", differs: "d1", source: "regex" },
  { name: "Negated class", pattern: "%ab[^c]%", matches: "aba", differs: "abc", source: "regex" },
  { name: "Repeat", pattern: "%^a{3,5}$%", matches: "aaaa", differs: "aa", source: "regex" },
  { name: "Repeat without maximum", pattern: "%^a{3,}$%", matches: "aaaaaa", differs: "aa", source: "regex" },
  { name: "Repeat without minimum", pattern: "%^a{,2}$%", matches: "", differs: "aaa", source: "regex" },
  { name: "Any number of times", pattern: "%^ab[0-9]*$%", matches: "ab129", differs: "abc", source: "regex" },
  { name: "Once or more", pattern: "%ab+c%", matches: "abbbc", differs: "ac", source: "regex" },
  {
    name: "Alternatives",
    pattern: "%^starting|^shutting down%",
    matches: "shutting down",
    differs: "not starting",
    source: "regex",
  },
  { name: "Any character", pattern: "%^.at$%", matches: "#at", differs: "at", source: "regex" },
  {
    name: "Escaped operator",
    pattern: "%10\\.10\\.0\\.1%",
    matches: "10.10.0.1",
    differs: "10010,051",
    source: "regex",
  },
  { name: "Digit", pattern: "%^\\d\\D$%", matches: "1a", differs: "11", source: "regex" },
  { name: "White space", pattern: "%^\\s\\S$%", matches: "\tx", differs: "xx", source: "regex" },
  { name: "Word character", pattern: "%^\\w\\W$%", matches: "_-", differs: "-_", source: "regex" },
  { name: "Character by its code", pattern: "%\\x28%", matches: "f(x)", differs: "f x", source: "regex" },
];
