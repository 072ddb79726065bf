/** Progress for a person who waits: one line, no newline at its end. */
export type Report = (line: string) => void;

/**
 * Makes sure that moto_server is installed in the user's cache folder and returns the path of its program.
 *
 * @throws CordonError `lab-python-missing` where python3 or its venv module is not there, `lab-moto-install` where pip
 * fails.
 */
export async function ensureMoto(_options: { cache?: string; report?: Report } = {}): Promise<string> {
  throw new Error("being written");
}
