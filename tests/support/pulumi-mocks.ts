import * as pulumi from "@pulumi/pulumi";

/** A resource that was registered or read, as the mocks saw it. */
export interface Registered {
  type: string;
  name: string;
  urn: string;
  inputs: Record<string, unknown>;
  provider: string | undefined;
}

/** An answer to a provider's function, or the error that it ends with. */
export type Functions = Record<string, (inputs: Record<string, string>) => Record<string, unknown>>;

export interface MockOptions {
  functions?: Functions;
  /** What the stack's last run left as outputs. */
  lastOutputs?: Record<string, unknown>;
  config?: Record<string, string>;
  stack?: string;
  preview?: boolean;
}

/** What a run under Pulumi's mocks left behind. */
export interface Mocked {
  /** Everything but the stack itself and reads, in the order of registration. */
  registered: Registered[];
  /** The functions that were called, `aws:iam/getUser:getUser mallory`. */
  calls: string[];
}

/**
 * Puts Pulumi under mocks, for the whole test file: call it before each run. Mocks do not model transforms, aliases,
 * replacement and deletion, nor the provider's own checks.
 */
export async function mockPulumi(options: MockOptions = {}): Promise<Mocked> {
  const { functions = {}, lastOutputs = {}, config = {}, stack = "test", preview = false } = options;
  const mocked: Mocked = { registered: [], calls: [] };
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider, id }) => {
        if (type === "pulumi:pulumi:StackReference")
          return { id: name, state: { ...inputs, outputs: lastOutputs } };
        const urn = `urn:pulumi:${stack}::cordon::${type}::${name}`;
        if (type !== "pulumi:pulumi:Stack") mocked.registered.push({ type, name, urn, inputs, provider });
        return { id: id ?? `${name}-id`, state: { ...inputs, queryDefinitionId: `${name}-uuid` } };
      },
      call: ({ token, inputs }) => {
        mocked.calls.push([token, ...Object.values(inputs)].join(" "));
        const answer = functions[token];
        if (answer === undefined) throw new Error(`unexpected call of ${token}`);
        try {
          return answer(inputs);
        } catch (error) {
          // As over gRPC, where an error's text is in its details.
          throw Object.assign(new Error(String(error)), { details: String(error) });
        }
      },
    },
    "cordon",
    stack,
    preview,
    "organization",
  );
  pulumi.runtime.setAllConfig(config);
  return mocked;
}

/** Waits until everything that has been registered is through. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** The value of an output. */
export function outputValue<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
