/** An element's content: its text, or its children, several of one name in the order they stood in. */
export type XmlValue = string | XmlElement;
export interface XmlElement {
  [name: string]: XmlValue | XmlValue[];
}

const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const TOKEN = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([A-Za-z_][\w.:-]*)(?:\s[^>]*?)?(\/?)>|([^<]+)/g;

/**
 * Reads the XML that moto and AWS's services write: elements and text. Attributes are dropped; so is text beside
 * children, which there is only between the lines.
 */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = Object.create(null);
  const open: { name: string; children: XmlElement; text: string }[] = [
    { name: "", children: root, text: "" },
  ];
  for (const [, closing, name, selfClosing, chars] of text.matchAll(TOKEN)) {
    const top = open.at(-1);
    if (top === undefined) break;
    if (chars !== undefined) top.text += unescapeXml(chars);
    else if (name === undefined) continue;
    else if (closing) {
      const done = open.length > 1 ? open.pop() : undefined;
      const parent = open.at(-1);
      if (done === undefined || parent === undefined) continue;
      add(parent.children, done.name, Object.keys(done.children).length > 0 ? done.children : done.text);
    } else if (selfClosing) add(top.children, name, "");
    else open.push({ name, children: Object.create(null), text: "" });
  }
  return root;
}

function add(children: XmlElement, name: string, value: XmlValue): void {
  const before = children[name];
  if (before === undefined) children[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else children[name] = [before, value];
}

export function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The first element of that name anywhere in it, depth first. */
export function findElement(value: XmlValue | XmlValue[] | undefined, name: string): XmlValue | undefined {
  if (value === undefined || typeof value === "string") return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = findElement(item, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const own = value[name];
  if (own !== undefined) return Array.isArray(own) ? own[0] : own;
  return findElement(Object.values(value).flat(), name);
}

/** The text of the first element of that name, or undefined. */
export function findText(value: XmlElement, name: string): string | undefined {
  const found = findElement(value, name);
  return typeof found === "string" ? found : undefined;
}
