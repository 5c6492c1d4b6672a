import { once } from 'node:events'
import { type AddressInfo, type Socket, createServer } from 'node:net'
import { type LiveServer, doorkeeper, eventOf } from './server.ts'

/** As fast as it goes: no HTTP, no rights, no queue; one Buffer for all. */
export async function startBareServer(): Promise<LiveServer> {
  const door = doorkeeper()
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    socket.once('data', () => {
      sockets.add(socket.resume())
      door.enter()
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n: hello\n\n')
    })
  }).listen(0, '127.0.0.1', 4096)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    joined: door.joined,
    async publish(mark, count) {
      const frames = Array.from(
        { length: count },
        (_, at) => `id: ${mark + at}\nevent: lock\ndata: ${JSON.stringify(eventOf(mark + at))}\n\n`,
      )
      const bytes = Buffer.from(frames.join(''))
      for (const socket of sockets) socket.write(bytes)
    },
  }
}
