import { connect } from 'node:net'
import { markOf } from './server.ts'

/** Connects so many sockets, and tells when all of them have had an event. */
const [port, count, manner] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]]
const atOnce = 200
const longestMark = 32

const heardBy = new Map<number, number>()
let connected = 0
let begun = 0

function begin(): void {
  if (begun >= count) return
  begun += 1
  let tail = ''
  const socket = connect(port, '127.0.0.1', () => {
    socket.write('GET /api/live HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n')
    connected += 1
    if (manner === 'takes nothing') socket.pause()
    if (connected === count) process.send?.('connected')
    begin()
  })
  socket.on('error', () => process.exit(1))
  if (manner === 'takes nothing') return
  socket.on('data', bytes => {
    const text = tail + bytes.toString('latin1')
    for (const [, mark] of text.matchAll(/mark (\d+)\./g)) hear(Number(mark))
    const last = text.lastIndexOf(markOf(0).slice(0, 5))
    tail = last >= 0 && text.indexOf('.', last) < 0 ? text.slice(last).slice(0, longestMark) : ''
  })
}

function hear(mark: number): void {
  const heard = (heardBy.get(mark) ?? 0) + 1
  heardBy.set(mark, heard)
  if (heard === count) process.send?.(`heard ${mark}`)
}

for (let one = 0; one < atOnce; one++) begin()
// Sockets that nobody reads keep no process alive.
setInterval(() => {}, 60_000)
