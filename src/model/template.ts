import type { Problem } from "./error";

/** The two languages that a template can be written in: they quote differently. */
export type TemplateLanguage = "insights" | "filter-pattern";

/** What stands around a placeholder. Only in a `string` or a `regex` can a value be nothing but a literal. */
export type PlaceholderContext = "string" | "regex" | "bare";

/** One `{{name}}`. Offsets are UTF-16 code units. */
export interface Placeholder {
  /** What stands between the braces: not yet known to name a parameter. */
  name: string;
  start: number;
  end: number;
  context: PlaceholderContext;
}

/**
 * The stretches of each language in which a brace is text, in the order in which they are tried. Whatever a stretch
 * that is left open would swallow is judged by the language's own parser, in lint.
 *
 * An unquoted `/` is taken to open a regex wherever another closes it on its line, even where it divides: the worst of
 * it is a placeholder that is refused.
 */
const STRETCHES: Record<TemplateLanguage, RegExp> = {
  insights:
    /(?<bare>#[^\n]*|`[^`]*`?)|(?<string>"(?:\\[\s\S]|[^"\\])*"?|'(?:\\[\s\S]|[^'\\])*'?)|(?<regex>\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/)/g,
  "filter-pattern": /(?<bare>\['[^']*'\])|(?<string>"(?:\\[\s\S]|[^"\\])*"?)|(?<regex>%(?:\\.|[^%\\])*%)/g,
};

/** Braces doubled: the start of a placeholder, well-formed or not. */
const PLACEHOLDER = /\{\{(?:([^{}\n]*)\}\})?/g;

/** Every placeholder of a template, in order. */
export function placeholders(template: string, language: TemplateLanguage): Placeholder[] {
  const stretches = [...template.matchAll(STRETCHES[language])];
  return [...template.matchAll(PLACEHOLDER)].map((match) => {
    const start = match.index;
    const end = start + match[0].length;
    const around = stretches.find(
      (stretch) => stretch.index <= start && end <= stretch.index + stretch[0].length,
    );
    return { name: match[1] ?? "", start, end, context: contextOf(around, start) };
  });
}

function contextOf(stretch: RegExpExecArray | undefined, at: number): PlaceholderContext {
  if (stretch?.groups?.string !== undefined) return "string";
  if (stretch?.groups?.regex === undefined) return "bare";
  const before = stretch[0].slice(0, at - stretch.index).replace(/\\./g, "");
  return before.lastIndexOf("[") > before.lastIndexOf("]") ? "bare" : "regex";
}

/** What is wrong with a template's placeholders, each problem with the offset at which it stands. */
export function checkPlaceholders(
  template: string,
  language: TemplateLanguage,
  names: readonly string[],
): { problem: Problem; offset: number }[] {
  return placeholders(template, language).flatMap(({ name, start, context }) => {
    const problems: Problem[] = [];
    if (!names.includes(name)) {
      problems.push({
        code: "placeholder-unknown",
        message: `{{${name}}} names no parameter`,
        hint: nameThem(names),
      });
    }
    if (context === "bare") {
      problems.push({
        code: "placeholder-unquoted",
        message: `{{${name}}} stands where a value could be read as something else than text`,
        hint:
          language === "insights"
            ? 'put it between quotes, "{{...}}", or into a /regex/ outside of [...]'
            : 'put it between double quotes, "{{...}}", or into a %regex% outside of [...]',
      });
    }
    return problems.map((problem) => ({ problem, offset: start }));
  });
}

/** The template with each placeholder replaced, unchecked. `offsetInTemplate` maps an offset of the text back. */
export function fill(
  template: string,
  language: TemplateLanguage,
  valueFor: (name: string) => string,
): { text: string; offsetInTemplate(offset: number): number } {
  let text = "";
  let from = 0;
  const moved: { start: number; end: number; by: number; template: number }[] = [];
  for (const { name, start, end } of placeholders(template, language)) {
    text += template.slice(from, start);
    const value = valueFor(name);
    moved.push({
      start: text.length,
      end: text.length + value.length,
      by: end - text.length - value.length,
      template: start,
    });
    text += value;
    from = end;
  }
  text += template.slice(from);
  return {
    text,
    offsetInTemplate: (offset) => {
      const last = moved.findLast(({ start }) => start <= offset);
      if (last === undefined) return offset;
      return offset < last.end ? last.template : offset + last.by;
    },
  };
}

/** For hints: what the parameters are. */
export function nameThem(names: readonly string[]): string {
  return names.length === 0 ? "there are no parameters" : `the parameters are ${names.join(", ")}`;
}
