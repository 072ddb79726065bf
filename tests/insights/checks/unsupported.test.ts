import { parse, run, unsupported } from "../../../src/insights";
import { formatProblem } from "../../../src/model/error";
import { problemsOf } from "../../support/problems";

test.each([
  ["fields a\n| pattern @message", ["2:3: pattern runs only on AWS: it needs a model that AWS keeps"]],
  [
    "SOURCE 'g' | filter a in (fields b) | pattern a | anomaly",
    [
      "1:1: SOURCE runs only on AWS: it chooses log groups of an account",
      "1:26: a subquery runs only on AWS: it reads data that only AWS has",
      "1:39: pattern runs only on AWS: it needs a model that AWS keeps",
      "1:51: anomaly runs only on AWS: it needs a model that AWS keeps",
    ],
  ],
  ["filterIndex @data_source_name in ['x']", ["1:13: @data_source_name is known only to AWS"]],
  ["stats avg(@duration)", ["1:11: @duration is known only to AWS"]],
  ["parse 'd=*' as @duration | stats avg(@duration)", []],
  ["fields @`aws.tag.x`, @aws.account", ["1:8: @aws.tag.x is known only to AWS"]],
  ["parse a XML '/x' as b", ["1:9: parse with XML runs only on AWS: AWS does not document it"]],
  ["filter a != null", ["1:13: what AWS makes of a comparison with null is not known: use ispresent()"]],
  ["fields if(a = 1, a, null) as b", []],
  ["head 5", ["1:1: head runs only on AWS: it is deprecated: write limit"]],
  ["fields a | filter b like /x/ | stats count(*) by c", []],
])("%s", (query, problems) => {
  expect(unsupported(parse(query)).map(formatProblem)).toEqual(problems);
  if (problems.length > 0) expect(problemsOf(() => run(query, [])).map(formatProblem)).toEqual(problems);
  else expect(() => run(query, [])).not.toThrow();
});
