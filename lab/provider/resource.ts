import type { Clients } from "./clients";
import type { Properties } from "./values";

/** One input of a resource type, with the rules that the real provider has for it. */
export interface InputRule {
  type: "string" | "strings" | "policy";
  required?: true;
  /** A change needs a new resource. */
  replaces?: true;
  /** The provider or AWS gives it a value where the program gives none; taking it out of the program is no change. */
  computed?: true;
  /** Another input that excludes this one. */
  conflictsWith?: string;
  /** What is wrong with a value, or `undefined`. */
  refuse?(value: string): string | undefined;
}

/** A resource as AWS has it now. */
export interface Live {
  id: string;
  /** What a program would say to get this. */
  inputs: Properties;
  /** The resource's state: inputs and what AWS adds. */
  outputs: Properties;
}

/** A resource type of the `aws` provider. */
export interface Resource {
  inputs: Record<string, InputRule>;
  /** The longest name that the provider makes up where the program gives none. */
  nameLength: number;
  /** The outputs that a preview cannot know of a resource yet to be made. */
  unknownOutputs(inputs: Properties): string[];
  create(aws: Clients, inputs: Properties): Promise<Live>;
  update(aws: Clients, id: string, inputs: Properties, state: Properties): Promise<Live>;
  /**
   * `state` is empty when a resource is imported.
   *
   * @returns `undefined` when it is gone.
   */
  read(aws: Clients, id: string, state: Properties): Promise<Live | undefined>;
  /** Deleting what is gone is no error. */
  delete(aws: Clients, id: string, state: Properties): Promise<void>;
}
