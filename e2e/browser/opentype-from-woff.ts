import { inflateSync } from 'node:zlib'

const woffHeaderSize = 44
const woffEntrySize = 20
const headerSize = 12
const entrySize = 16

/**
 * Unwraps a web font (WOFF 1) into the OpenType file that was wrapped in it: the same tables, uncompressed. Chromium takes no web
 * font from the system as a fallback, and npm has this one only so.
 * @see https://www.w3.org/TR/WOFF/
 */
export function openTypeFromWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('Not a WOFF 1 file')
  const count = woff.readUInt16BE(12)
  const head = Buffer.alloc(headerSize + entrySize * count)
  woff.copy(head, 0, 4, 8) // the flavour: what kind of outlines
  const steps = 31 - Math.clz32(count)
  head.writeUInt16BE(count, 4)
  head.writeUInt16BE(entrySize << steps, 6)
  head.writeUInt16BE(steps, 8)
  head.writeUInt16BE(entrySize * count - (entrySize << steps), 10)

  const tables: Buffer[] = []
  let offset = head.length
  for (let index = 0; index < count; index++) {
    const from = woffHeaderSize + woffEntrySize * index
    const to = headerSize + entrySize * index
    const length = woff.readUInt32BE(from + 12)
    const table = readTable(woff, from, length)
    woff.copy(head, to, from, from + 4) // tag
    woff.copy(head, to + 4, from + 16, from + 20) // checksum
    head.writeUInt32BE(offset, to + 8)
    head.writeUInt32BE(length, to + 12)
    const padding = Buffer.alloc(-length & 3)
    tables.push(table, padding)
    offset += length + padding.length
  }
  return Buffer.concat([head, ...tables])
}

function readTable(woff: Buffer, entry: number, length: number): Buffer {
  const start = woff.readUInt32BE(entry + 4)
  const packed = woff.subarray(start, start + woff.readUInt32BE(entry + 8))
  const table = packed.length < length ? inflateSync(packed) : packed
  if (table.length !== length) throw new Error('A table of the font has not the length it tells')
  return table
}
