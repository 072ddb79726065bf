import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** A folder of its own for a test's archive. */
export class ArchiveFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), "cordon-archive-"));

  /** Writes a file. @returns its path */
  write(name: string, content: string | Buffer): string {
    const file = path.join(this.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** Writes a file as CloudTrail does, gzipped. */
  trail(name: string, records: readonly unknown[]): string {
    return this.write(name, trailFile(records));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export function trailFile(records: readonly unknown[]): Buffer {
  return gzipSync(JSON.stringify({ Records: records }));
}

/** A CloudTrail record of the usual shape. */
export function trailRecord(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    eventVersion: "1.10",
    userIdentity: {
      type: "IAMUser",
      arn: "arn:aws:iam::111122223333:user/mallory",
      accountId: "111122223333",
    },
    eventTime: "2026-11-24T02:00:00Z",
    eventSource: "s3.amazonaws.com",
    eventName: "ListBuckets",
    awsRegion: "eu-west-1",
    sourceIPAddress: "203.0.113.7",
    userAgent: "[aws-cli/2.15]",
    requestParameters: null,
    recipientAccountId: "111122223333",
    ...fields,
  };
}

/** The name that CloudTrail gives to a file. @param delivered `20261124T0205` */
export function trailName(
  delivered: string,
  { account = "111122223333", region = "eu-west-1", prefix = "" } = {},
) {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})T\d{4}$/.exec(delivered) ?? [];
  const folder = `${prefix}AWSLogs/${account}/CloudTrail/${region}/${year}/${month}/${day}`;
  return `${folder}/${account}_CloudTrail_${region}_${delivered}Z_Mu0KsOhtH1ar15ZZ.json.gz`;
}
