import { findElement, findText, parseXml } from "../../../lab/gateway/xml";

test("elements, text and lists", () => {
  const text = `<?xml version="1.0"?>
<!-- a comment --><R xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Users>
  <member><Name>a</Name></member>
  <member><Name>b &amp; &lt;c&gt; &#x1F600; &#65;</Name></member></Users><Empty/><Blank></Blank></R>`;
  const parsed = parseXml(text);
  expect(JSON.parse(JSON.stringify(parsed))).toEqual({
    R: { Users: { member: [{ Name: "a" }, { Name: "b & <c> 😀 A" }] }, Empty: "", Blank: "" },
  });
  expect(findText(parsed, "Name")).toBe("a");
  expect(findElement(parsed, "Users")).toHaveProperty("member");
  expect(findText(parsed, "Users")).toBeUndefined();
  expect(findText(parsed, "Nothing")).toBeUndefined();
});

test.each(["", "<a>", "</a>", "<a></b></a></a>", "text", "<a><b></a>", "&#x110000;"])(
  "%j does not fail",
  (text) => {
    expect(() => parseXml(text)).not.toThrow();
  },
);

test("an element called like a part of every object is data", () => {
  expect(findText(parseXml("<R><constructor>x</constructor></R>"), "constructor")).toBe("x");
  expect(findText(parseXml("<R/>"), "toString")).toBeUndefined();
});
