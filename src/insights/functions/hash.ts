import { createHash } from "node:crypto";
import { ofText, type ScalarFunction } from "./definition";

function hash(name: "md5" | "sha256", result: string): ScalarFunction {
  return {
    kind: "scalar",
    name,
    group: "Hashes",
    parameters: ["value"],
    summary: `The ${name === "md5" ? "MD5" : "SHA-256"} of the text's UTF-8, in hexadecimal.`,
    source: "CWL_QuerySyntax-hash-functions",
    examples: [
      [`${name}("abc")`, result],
      [`${name}(nothing)`, null],
    ],
    compile: ofText((text) => createHash(name).update(text).digest("hex")),
  };
}

export const hashFunctions: readonly ScalarFunction[] = [
  hash("md5", "900150983cd24fb0d6963f7d28e17f72"),
  hash("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
];
