import type { Parameters } from "./api-request";

/** One call, as soon as its outcome is known. */
export interface Call {
  /** As CloudTrail names it: `iam.amazonaws.com`. */
  eventSource: string;
  eventName: string;
  region: string;
  /** ARN of the caller; absent when nobody has that key. */
  principal?: string;
  accessKeyId: string;
  sourceIPAddress: string;
  /** Present when it was refused or failed, in the service's own name for it: `AccessDeniedException`. */
  errorCode?: string;
  /** The caller's parameters: the form, or the JSON body. Secrets are in here as they were sent. */
  parameters: Parameters;
  /** Milliseconds since the epoch. */
  time: number;
}
