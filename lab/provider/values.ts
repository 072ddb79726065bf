import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A resource's or a call's properties as they travel between engine and provider. */
export type Properties = Record<string, unknown>;

/** How the engine writes a value that a preview cannot know yet (pulumi/pulumi, sdk/nodejs/runtime/rpc.ts). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks a wrapped value, and what it holds when the wrapped value is a secret (same file). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export function fromStruct(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

/** Properties that are `undefined` are left out. */
export function toStruct(properties: Properties): Struct {
  const json: { [key: string]: JavaScriptValue } = JSON.parse(JSON.stringify(properties));
  return Struct.fromJavaScript(json);
}

/** Whether a value is unknown, or something within it. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** The value without its secret wrappers. The engine sends them to Configure alone, since the provider asks for none. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET) return withoutSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property that `check` has let through as a string. */
export function text(properties: Properties, key: string): string {
  const value = properties[key];
  if (typeof value !== "string") throw new Error(`${key} is not a string`);
  return value;
}

/** A property that `check` has let through as a list of strings; absent is empty. */
export function texts(properties: Properties, key: string): string[] {
  const value = properties[key] ?? [];
  if (!Array.isArray(value)) throw new Error(`${key} is not a list`);
  return value.map(String);
}
