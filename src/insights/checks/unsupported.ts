import type { Problem } from "../../model/error";
import { findCommand } from "../syntax/command-table";
import { type Expression, fieldName, type Query } from "../tree/ast";
import { problemAt } from "../tree/place";
import { expressionsOf, subqueriesOf, walk } from "../tree/walk";
import { definedNames } from "./names";

/** System fields that nothing but AWS knows: by name or by what their names start with. */
const AWS_FIELDS =
  /^@(?:aws\.region|aws\.tag\.|source\.log$|data_source_name$|data_source_type$|data_format$|entity\.|requestId$|duration$|billedDuration$|type$|maxMemoryUsed$|memorySize$|xrayTraceId$|xraySegmentId$)/;

/**
 * What AWS can answer and the local engine cannot, in the order of the text; empty for a query that runs here.
 * Code: `insights-only-aws`.
 */
export function unsupported(query: Query): Problem[] {
  const found: { at: number; problem: Problem }[] = [];
  const report = (at: number, message: string): void => {
    found.push({ at, problem: problemAt(query.text, at, "insights-only-aws", message) });
  };
  const names = new Set(query.commands.flatMap(definedNames));
  for (const command of query.commands) {
    if (command.kind === "opaque") {
      report(
        command.at,
        `${command.name} runs only on AWS: ${findCommand(command.name)?.onlyAws ?? "unknown"}`,
      );
    }
    if (command.kind === "parse" && command.pattern.kind === "xml") {
      report(command.pattern.at, "parse with XML runs only on AWS: AWS does not document it");
    }
    for (const expression of expressionsOf(command)) {
      walk(expression, (part) => inspect(part, names, report));
      for (const { at } of subqueriesOf(expression)) {
        report(at, "a subquery runs only on AWS: it reads data that only AWS has");
      }
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ problem }) => problem);
}

function inspect(
  part: Expression,
  names: ReadonlySet<string>,
  report: (at: number, message: string) => void,
): void {
  if (part.kind === "comparison") {
    const nothing = [part.left, part.right].find(
      ({ kind, ...rest }) => kind === "constant" && "value" in rest && rest.value === "null",
    );
    if (nothing !== undefined)
      report(nothing.at, "what AWS makes of a comparison with null is not known: use ispresent()");
  }
  if (part.kind === "field") {
    const name = fieldName(part);
    if (AWS_FIELDS.test(name) && !names.has(name)) report(part.at, `${name} is known only to AWS`);
  }
}
