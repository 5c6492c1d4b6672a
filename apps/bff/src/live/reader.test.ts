import { type AddressInfo, connect } from 'node:net'
import { type ServerResponse, createServer } from 'node:http'
import { expect, it } from 'vitest'
import { createReader, mostBufferedBytes } from './reader.ts'

it('a reader that takes nothing in has a bounded amount waiting, and is dropped', async () => {
  const opened = Promise.withResolvers<ServerResponse>()
  const server = createServer((_, out) => opened.resolve(out))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').pause()
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  const out = await opened.promise
  const nobody = { personId: 'vi', sessionId: 's', roleIn: () => null, audience: '' }
  const reader = createReader(nobody, out, 50)
  const bytes = Buffer.alloc(16 * 1024, 'x')
  let sent = 0
  while (reader.send(bytes)) {
    sent += 1
    await new Promise(resolve => setImmediate(resolve))
  }
  expect(sent).toBeGreaterThan(0)
  expect(out.writableLength).toBeLessThanOrEqual(mostBufferedBytes + 2 * bytes.length)
  expect(reader.isOpen).toBe(true)
  await reader.drained()
  expect(reader.isOpen).toBe(false)
  expect(reader.send(bytes)).toBe(false)
  socket.destroy()
  await new Promise(resolve => server.close(resolve))
})
