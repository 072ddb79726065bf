import { CordonError, type Problem } from "./error";
import { isOfType, type Parameter, parameterTypes } from "./parameter";
import { checkPlaceholders, fill, nameThem, placeholders, type TemplateLanguage } from "./template";

/**
 * The template with each placeholder replaced by its value, literally. Nothing is escaped: what would have to be is
 * refused.
 *
 * @param of what the parameters belong to, for the messages: `hunt "access-key-activity"`.
 * @throws CordonError with every value that is missing, unknown, not of its type, or could end a literal.
 */
export function render(
  template: string,
  language: TemplateLanguage,
  parameters: Readonly<Record<string, Parameter>>,
  values: Readonly<Record<string, string>>,
  of: string,
): string {
  const problems = checkPlaceholders(template, language, Object.keys(parameters)).map(
    ({ problem }) => problem,
  );
  for (const name of Object.keys(parameters).filter((name) => !Object.hasOwn(values, name))) {
    problems.push({
      code: "parameter-missing",
      message: `${of} needs a value for ${name}`,
      hint: `${parameters[name]?.description ?? ""}, for example ${parameters[name]?.example ?? ""}`,
    });
  }
  for (const [name, value] of Object.entries(values)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) {
      problems.push({
        code: "parameter-unknown",
        message: `${of} has no parameter ${JSON.stringify(name)}`,
        hint: nameThem(Object.keys(parameters)),
      });
      continue;
    }
    const inRegex = placeholders(template, language).some(
      (placeholder) => placeholder.name === name && placeholder.context === "regex",
    );
    const problem = checkValue(name, value, parameter, language, inRegex);
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length > 0) throw new CordonError(problems);
  return fill(template, language, (name) => values[name] ?? "").text;
}

/** Quotes, backslashes, controls and doubled braces, whatever the type says: the second lock on the same door. */
const NEVER = /["'`\\\p{C}\p{Zl}\p{Zp}]|\{\{/u;
/** Wildcards of filter patterns, and the fence of their regexes. */
const NEVER_IN_PATTERN = /[*%]/;
/** What RE2 and the filter patterns' regexes read as something else than itself. */
const NEVER_IN_REGEX = /[\\^$.|?*+()[\]{}/%]/;

function checkValue(
  name: string,
  value: string,
  { type }: Parameter,
  language: TemplateLanguage,
  inRegex: boolean,
): Problem | undefined {
  const refused =
    NEVER.exec(value) ??
    (language === "filter-pattern" ? NEVER_IN_PATTERN.exec(value) : null) ??
    (inRegex ? NEVER_IN_REGEX.exec(value) : null);
  const { expected } = parameterTypes[type];
  if (refused !== null) {
    return {
      code: "parameter-character",
      message: `${name} ${JSON.stringify(value)} holds ${JSON.stringify(refused[0])}, which would not be taken literally${inRegex ? " in a regex" : ""}`,
      hint: `expected ${expected}`,
    };
  }
  if (isOfType(type, value)) return undefined;
  return {
    code: "parameter-type",
    message: `${name} ${JSON.stringify(value)} is not ${expected}`,
    hint: value.includes("*") ? "a masked value names nothing: find the whole one" : `type ${type}`,
  };
}
