/** What signs a call in the lab. Never leaves the machine: the lab's account exists on loopback alone. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}
