import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Document, isMap, isScalar, parseDocument, Scalar } from "yaml";
import { CordonError } from "../../src/model/error";

/** Keys of a stack's file that belong to the stack that it was written for, not to one of the same name in the lab. */
const OF_THE_REAL_STACK = ["encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

/**
 * Copies Pulumi.yaml. The copy stands elsewhere, so it says where the program is; all else that it says holds for the
 * program's folder. `backend` is left out: the lab has its own.
 */
export async function copyProject(projectRoot: string, projectDir: string): Promise<void> {
  const document = await read(path.join(projectRoot, "Pulumi.yaml"));
  const main = document.get("main");
  document.set("main", path.resolve(projectRoot, typeof main === "string" ? main : "."));
  document.delete("backend");
  document.delete("stackConfigDir");
  await write(document, path.join(projectDir, "Pulumi.yaml"));
}

export interface LabStack {
  accountId: string;
  region: string;
}

/**
 * Copies a stack's file for the lab's account: its id stands for the real one's, the block list is empty, since nobody
 * on the real one exists in the lab, and the provider has no settings but the region and the account.
 *
 * @throws CordonError (`lab-secret-config`) for a value that is encrypted: its key is not here.
 */
export async function copyStack(file: string, to: string, { accountId, region }: LabStack): Promise<void> {
  const document = await read(file);
  for (const key of OF_THE_REAL_STACK) document.delete(key);
  const settings: Record<string, unknown> = {
    "cordon:accountId": quoted(accountId),
    "aws:region": region,
    "aws:allowedAccountIds": document.createNode([quoted(accountId)], { flow: true }),
  };
  const config = document.get("config");
  if (isMap(config)) {
    for (const { key, value } of [...config.items]) {
      const name = isScalar(key) ? String(key.value) : "";
      if (isMap(value) && value.has("secure")) {
        throw new CordonError({
          code: "lab-secret-config",
          message: `${name} is encrypted, and the lab cannot read it`,
          hint: "the lab runs on the stack files of the clone; start it from one without secrets",
          place: { file, path: `config.${name}` },
        });
      }
      if (name.startsWith("aws:") && !(name in settings)) config.delete(name);
    }
    if (config.has("cordon:blockList"))
      config.set("cordon:blockList", document.createNode([], { flow: true }));
  }
  for (const [name, value] of Object.entries(settings)) document.setIn(["config", name], value);
  await write(document, to);
}

function quoted(value: string): Scalar {
  const scalar = new Scalar(value);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

async function read(file: string): Promise<Document> {
  const document = parseDocument(await readFile(file, "utf8"));
  if (document.errors.length > 0) {
    throw new CordonError(
      document.errors.map(({ message }) => ({ code: "yaml-syntax", message, place: { file } })),
    );
  }
  return document;
}

function write(document: Document, file: string): Promise<void> {
  return writeFile(file, document.toString({ lineWidth: 0 }));
}
