import { fill, placeholders, type TemplateLanguage } from "../../src/model/template";

function contexts(template: string, language: TemplateLanguage): string[] {
  return placeholders(template, language).map(({ name, context }) => `${name} ${context}`);
}

describe("contexts in Logs Insights", () => {
  test.each([
    ['filter a = "{{x}}"', "x string"],
    ["filter a = '{{x}}'", "x string"],
    ['filter a like "a/{{x}}/b"', "x string"],
    ["filter a like /user\\/{{x}}$/", "x regex"],
    ['filter a =~ /say "{{x}}"/', "x regex"],
    ["filter a like /[{{x}}]/", "x bare"],
    ["filter a like /\\[{{x}}/", "x regex"],
    ["filter a like /[/]{{x}}/", "x regex"],
    ["filter a = {{x}}", "x bare"],
    ["fields `{{x}}`", "x bare"],
    ["fields a # it's {{x}}", "x bare"],
    ['# it\'s\nfilter a = "{{x}}"', "x string"],
    ['filter a = "\\"{{x}}"', "x string"],
    ['filter a = "b" or {{x}} = "c"', "x bare"],
    ["stats sum(a)/1024 by {{x}}", "x bare"],
    ['filter a = "{{x y}}"', "x y string"],
    ['filter a = "{{"', " string"],
  ])("%s", (template, context) => {
    expect(contexts(template, "insights")).toEqual([context]);
  });
});

describe("contexts in filter patterns", () => {
  test.each([
    ['"{{x}}"', "x string"],
    ['?"a" ?"{{x}}"', "x string"],
    ['{ $.a = "{{x}}" }', "x string"],
    ["{ $.a = {{x}} }", "x bare"],
    ["{ $.a = '{{x}}' }", "x bare"],
    ["{ $.['{{x}}'] = 1 }", "x bare"],
    ["{ $.a = %^{{x}}% }", "x regex"],
    ["{ $.a = %[{{x}}]% }", "x bare"],
    ['{ $.a = "50%" && $.b = "{{x}}" }', "x string"],
    ["{{x}}", "x bare"],
  ])("%s", (template, context) => {
    expect(contexts(template, "filter-pattern")).toEqual([context]);
  });
});

test("offsets of the filled text lead back into the template", () => {
  const template = 'a "{{x}}" b "{{y}}" c';
  const { text, offsetInTemplate } = fill(template, "insights", (name) =>
    name === "x" ? "" : "a long value",
  );
  expect(text).toBe('a "" b "a long value" c');
  for (const word of ["a ", "b ", "c"]) {
    expect(offsetInTemplate(text.indexOf(`${word}`))).toBe(template.indexOf(word));
  }
  expect(offsetInTemplate(text.indexOf("long"))).toBe(template.indexOf("{{y}}"));
  expect(offsetInTemplate(text.length)).toBe(template.length);
});
