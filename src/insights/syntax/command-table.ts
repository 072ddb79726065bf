import * as grammar from "./grammar";

/** A command of the language. */
export interface CommandDefinition {
  name: string;
  /** Other spellings. Upper and lower case never matter. */
  aliases?: readonly string[];
  /** Reads what follows the keyword. */
  grammar: grammar.Grammar;
  summary: string;
  /** The page of AWS's documentation, or where else it is known from. */
  source: string;
  example: string;
  /** Why only AWS can answer it. Without a reason, the local engine evaluates the command. */
  onlyAws?: string;
}

/** Recognised, and left to AWS. */
function awsOnly(
  name: string,
  page: string,
  summary: string,
  example: string,
  reason: string,
  aliases: readonly string[] = [],
): CommandDefinition {
  return {
    name,
    ...(aliases.length > 0 && { aliases }),
    grammar: grammar.opaque(name),
    summary,
    source: page,
    example,
    onlyAws: reason,
  };
}

const MODEL = "it needs a model that AWS keeps";
const ELSEWHERE = "it reads data that only AWS has";
const UNSPECIFIED = "AWS does not document it well enough to reproduce it";

/** Every command that the language has. */
export const COMMANDS: readonly CommandDefinition[] = [
  {
    name: "fields",
    grammar: grammar.fields("fields"),
    summary: "Adds columns, and names for expressions. Several `fields` add up.",
    source: "CWL_QuerySyntax-Fields",
    example: "fields @timestamp, eventName, userIdentity.arn as who",
  },
  {
    name: "display",
    grammar: grammar.fields("display"),
    summary: "The columns to show, in place of all others. The last `display` counts.",
    source: "CWL_QuerySyntax-Display",
    example: "fields number * 2 as double | display eventName, double",
  },
  {
    name: "filter",
    aliases: ["where"],
    grammar: grammar.filter("filter"),
    summary: "Keeps the events for which the condition holds.",
    source: "CWL_QuerySyntax-Filter, CWL_QuerySyntax-Where",
    example: 'filter eventName like /^Assume/ and sourceIPAddress not in ["192.0.2.9"]',
  },
  {
    name: "filterIndex",
    grammar: grammar.filter("filterIndex"),
    summary:
      "As `filter`; on AWS it scans only log groups that have an index on the field. `=` and `in` only.",
    source: "CWL_QuerySyntax-FilterIndex",
    example: 'filterIndex eventName in ["AssumeRole", "GetObject"]',
  },
  {
    name: "parse",
    grammar: grammar.parse,
    summary:
      "Takes fields out of a text, `@message` unless another is named: by a pattern with `*`, by the groups of a regex (`multi`: a row for each match), as `logfmt` or as `csv`. Events that do not match stay, without the fields.",
    source: "CWL_QuerySyntax-Parse",
    example: 'parse userIdentity.arn "arn:aws:iam::*:*/*" as account, kind, name',
  },
  {
    name: "stats",
    grammar: grammar.stats,
    summary:
      "Aggregates, in groups. At most 10 in a query; a later one sees only the columns of the one before.",
    source: "CWL_QuerySyntax-Stats",
    example: "stats count(*) as calls by eventName, bin(1h)",
  },
  {
    name: "sort",
    aliases: ["order"],
    grammar: grammar.sort,
    summary: "Orders the rows. With several `stats`, after the last of them.",
    source: "CWL_QuerySyntax-Sort",
    example: "sort @timestamp desc, eventName",
  },
  {
    name: "limit",
    grammar: grammar.limit,
    summary: "The first rows, from 1 to 100,000. `limit any`: whichever come first, in no order.",
    source: "CWL_QuerySyntax-Limit",
    example: "limit 20",
  },
  {
    name: "dedup",
    grammar: grammar.dedup,
    summary:
      "The first row for each value of the fields. Rows that lack one are all kept. Only `limit` may follow.",
    source: "CWL_QuerySyntax-Dedup",
    example: "sort @timestamp asc | dedup eventName",
  },
  {
    name: "unnest",
    grammar: grammar.unnest,
    summary: "A row for each item of a list. What is no list counts as a list of one.",
    source: "CWL_QuerySyntax-Unnest",
    example:
      "fields jsonParse(@message) as record | unnest record.resources into resource | display resource.ARN",
  },
  {
    name: "expand",
    grammar: grammar.expand,
    summary: "A row for each item of a field that holds a JSON array; the other fields are repeated.",
    source: "CWL_QuerySyntax-Expand",
    example: "fields list | expand list",
  },
  awsOnly(
    "SOURCE",
    "CWL_QuerySyntax-Source",
    "Chooses log groups.",
    "SOURCE logGroups(namePrefix: ['aws-cloudtrail'])",
    "it chooses log groups of an account",
  ),
  awsOnly("pattern", "CWL_QuerySyntax-Pattern", "Clusters events by their shape.", "pattern @message", MODEL),
  awsOnly(
    "diff",
    "CWL_QuerySyntax-Diff",
    "Compares patterns with an earlier time.",
    "pattern @message | diff previousDay",
    MODEL,
  ),
  awsOnly(
    "anomaly",
    "CWL_QuerySyntax-Anomaly",
    "Finds unusual patterns.",
    "pattern @message | anomaly",
    MODEL,
  ),
  awsOnly(
    "join",
    "CWL_QuerySyntax-Join",
    "Combines events of two log groups.",
    "join type=inner left=a right=b where a.id=b.id (SOURCE 'other')",
    ELSEWHERE,
  ),
  awsOnly(
    "lookup",
    "CWL_QuerySyntax-Lookup",
    "Adds columns of a lookup table.",
    "lookup users id OUTPUT name",
    ELSEWHERE,
  ),
  awsOnly(
    "cidrlookup",
    "CWL_QuerySyntax-Cidrlookup",
    "Adds columns of a lookup table by network.",
    "cidrlookup networks sourceIPAddress OUTPUT owner",
    ELSEWHERE,
  ),
  awsOnly(
    "json",
    "CWL_QuerySyntax",
    "Takes a value out of a JSON text.",
    'json field=@message "a.b" as b',
    UNSPECIFIED,
  ),
  awsOnly("addtotals", "CWL_QuerySyntax", "Adds totals.", "addtotals", UNSPECIFIED),
  awsOnly("relevantfields", "CWL_QuerySyntax", "Finds telling fields.", "relevantfields", MODEL),
  awsOnly("autoregress", "CWL_QuerySyntax", "Adds values of earlier rows.", "autoregress x", UNSPECIFIED),
  awsOnly("logcompare", "CWL_QuerySyntax", "Compares two sets of events.", "logcompare", MODEL),
  awsOnly("filldown", "CWL_QuerySyntax", "Repeats the last value.", "filldown x", UNSPECIFIED),
  awsOnly(
    "fillmissing",
    "CWL_QuerySyntax",
    "Fills gaps of a time series.",
    "fillmissing with 0 for x",
    UNSPECIFIED,
  ),
  awsOnly("outlier", "CWL_QuerySyntax", "Finds outliers.", "outlier x", UNSPECIFIED),
  awsOnly("accum", "CWL_QuerySyntax", "Adds running totals.", "accum x", UNSPECIFIED),
  awsOnly(
    "appendcols",
    "CWL_QuerySyntax",
    "Adds columns of a subquery.",
    "appendcols (stats count(*))",
    UNSPECIFIED,
  ),
  awsOnly("sessionize", "CWL_QuerySyntax", "Groups events into sessions.", "sessionize x", UNSPECIFIED),
  awsOnly("countFrequent", "CWL_QuerySyntax", "Approximate counts.", "countFrequent x", UNSPECIFIED),
  awsOnly("estimate", "CWL_QuerySyntax", "Estimates what a query scans.", "estimate", ELSEWHERE),
  awsOnly(
    "head",
    "deprecated; known from the service's error messages",
    "The first rows.",
    "head 10",
    "it is deprecated: write limit",
  ),
  awsOnly(
    "tail",
    "deprecated; known from the service's error messages",
    "The last rows.",
    "tail 10",
    "it is deprecated: write sort and limit",
  ),
  awsOnly(
    "search",
    "known from the service's error messages",
    "Searches for a text.",
    'search "x"',
    UNSPECIFIED,
  ),
];

const BY_KEYWORD: ReadonlyMap<string, CommandDefinition> = new Map(
  COMMANDS.flatMap((command) =>
    [command.name, ...(command.aliases ?? [])].map((name): [string, CommandDefinition] => [
      name.toLowerCase(),
      command,
    ]),
  ),
);

/** The command of that keyword, in upper or lower case. */
export function findCommand(keyword: string): CommandDefinition | undefined {
  return BY_KEYWORD.get(keyword.toLowerCase());
}

/** Every keyword that starts a command. */
export function commandKeywords(): string[] {
  return COMMANDS.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
}
