import { ofText, type ScalarFunction } from "./definition";
import { define } from "./text-function";

/** Percent-decoding as forms do it, with `+` for a blank. */
function urlDecode(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return null;
  }
}

function urlEncode(text: string): string | null {
  try {
    return encodeURIComponent(text);
  } catch {
    return null;
  }
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export const encodingFunctions: readonly ScalarFunction[] = [
  define(
    "urlencode",
    1,
    "Percent-encoded.",
    [
      ['urlencode("a b&c")', "a%20b%26c"],
      ["urlencode(nothing)", null],
    ],
    ofText(urlEncode),
  ),
  define(
    "urldecode",
    1,
    "Percent-decoded.",
    [
      ['urldecode("a%20b+c")', "a b c"],
      ['urldecode("100%")', null],
    ],
    ofText(urlDecode),
  ),
  define(
    "base64encode",
    1,
    "Base64 of the text's UTF-8.",
    [
      ['base64encode("hi")', "aGk="],
      ["base64encode(nothing)", null],
    ],
    ofText((text) => Buffer.from(text).toString("base64")),
  ),
  define(
    "base64decode",
    1,
    "The UTF-8 text that base64 holds.",
    [
      ['base64decode("aGk=")', "hi"],
      ['base64decode("!")', null],
    ],
    ofText((text) => (BASE64.test(text) ? Buffer.from(text, "base64").toString() : null)),
  ),
  define(
    "hexToAscii",
    1,
    "The text whose bytes are written in hexadecimal.",
    [
      ['hexToAscii("6869")', "hi"],
      ['hexToAscii("xyz")', null],
    ],
    ofText((text) => (/^(?:[0-9a-f]{2})*$/i.test(text) ? Buffer.from(text, "hex").toString("latin1") : null)),
  ),
  define(
    "hexToDec",
    1,
    "The number that is written in hexadecimal.",
    [
      ['hexToDec("ff")', "255"],
      ['hexToDec("xyz")', null],
    ],
    ofText((text) => (/^(?:0x)?[0-9a-f]+$/i.test(text) ? Number.parseInt(text, 16) : null)),
  ),
  define(
    "decToHex",
    1,
    "The number in hexadecimal, in lower case.",
    [
      ["decToHex(255)", "ff"],
      ['decToHex("x")', null],
    ],
    ofText((text) => (/^\d+$/.test(text) ? BigInt(text).toString(16) : null)),
  ),
];
