/** Reports a problem at an offset of the query. */
export type Report = (at: number, code: string, message: string, hint?: string) => void;
