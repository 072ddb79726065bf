import type { ScalarFunction } from "./definition";

const SOURCE = "CWL_QuerySyntax-operations-functions, String functions";
const GROUP = "Text";

/** A function of texts, all of whose parameters are values. */
export function define(
  name: string,
  parameters: number,
  summary: string,
  examples: ScalarFunction["examples"],
  compile: ScalarFunction["compile"],
  more: { optional?: number; variadic?: boolean; aliases?: readonly string[] } = {},
): ScalarFunction {
  return {
    kind: "scalar",
    name,
    group: GROUP,
    parameters: Array.from({ length: parameters }, () => "value" as const),
    summary,
    source: SOURCE,
    examples,
    compile,
    ...more,
  };
}
