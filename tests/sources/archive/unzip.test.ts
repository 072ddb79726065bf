import { gzipSync } from "node:zlib";
import { unzip } from "../../../src/sources/archive/unzip";

const MOST = 2 ** 20;
const text = Buffer.from("an event\n".repeat(1000));

let memory: Buffer;
const room = (length: number) => {
  memory = Buffer.alloc(length);
  return memory;
};

test("the text lies in the memory that was given for it", () => {
  const unzipped = unzip(gzipSync(text), MOST, room);
  expect(unzipped.equals(text)).toBe(true);
  expect(unzipped.buffer).toBe(memory.buffer);
  expect(unzipped.byteOffset).toBe(memory.byteOffset);
});

test("the same memory can be given again, for a shorter text", () => {
  const given = Buffer.alloc(2 ** 17);
  unzip(gzipSync(text), MOST, () => given);
  expect(unzip(gzipSync(Buffer.from("short")), MOST, (length) => given.subarray(0, length)).toString()).toBe(
    "short",
  );
});

test("all members of a file are read", () => {
  const members = Buffer.concat([gzipSync(text), gzipSync(Buffer.from("the end"))]);
  expect(unzip(members, MOST, room).toString()).toBe(`${text}the end`);
});

test.each([0, 1, text.length - 1, text.length + 1, 2 ** 32 - 1])(
  "no trailer is believed that says %d bytes",
  (length) => {
    const zipped = gzipSync(text);
    zipped.writeUInt32LE(length, zipped.length - 4);
    const given: number[] = [];
    const measured = (size: number) => {
      given.push(size);
      return room(size);
    };
    expect(() => unzip(zipped, MOST, measured)).toThrow(expect.objectContaining({ code: "Z_DATA_ERROR" }));
    expect(Math.max(...given)).toBeLessThan(2 * MOST);
  },
);

test("an empty text", () => {
  expect(unzip(gzipSync(Buffer.alloc(0)), MOST, room).length).toBe(0);
});

test("what is truncated is an error", () => {
  const zipped = gzipSync(text);
  expect(() => unzip(zipped.subarray(0, zipped.length - 9), MOST, room)).toThrow(
    expect.objectContaining({ code: "Z_BUF_ERROR" }),
  );
});

test("more text than is allowed is an error, whatever the trailer says", () => {
  const zipped = gzipSync(Buffer.alloc(2 * MOST));
  expect(() => unzip(zipped, MOST, room)).toThrow(expect.objectContaining({ code: "ERR_BUFFER_TOO_LARGE" }));
  zipped.writeUInt32LE(10, zipped.length - 4);
  expect(() => unzip(zipped, MOST, room)).toThrow(expect.objectContaining({ code: "ERR_BUFFER_TOO_LARGE" }));
});
