import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'

/** What becomes of bytes that pass by: passed on, or lost together with the connection. */
export type Fate = 'pass' | 'lose'

export interface Exchange {
  /** Bytes on their way out. */
  asked(bytes: Buffer): Fate
  /** Bytes on their way back. */
  answered(bytes: Buffer): Fate
}

/** A way from one process to a server on loopback that can be watched, cut, and left half-open. */
export interface Wire {
  port: number
  /** Cuts every connection, and refuses new ones until it is mended. */
  cut(): void
  /** Nothing passes any more, and nobody is told. */
  freeze(): void
  mend(): void
  close(): Promise<void>
}

/** @param watch called once for each connection */
export async function openWire(targetPort: number, watch: () => Exchange): Promise<Wire> {
  const open = new Set<Socket>()
  let state: 'whole' | 'cut' | 'frozen' = 'whole'
  const server = createServer(near => {
    if (state === 'cut') return void near.destroy()
    const far = connect(targetPort, '127.0.0.1')
    const exchange = watch()
    const end = () => [near, far].forEach(socket => socket.destroy())
    for (const socket of [near, far]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', end).on('close', () => {
        open.delete(socket)
        end()
      })
      if (state === 'frozen') socket.pause()
    }
    near.on('data', bytes => (exchange.asked(bytes) === 'lose' ? end() : far.write(bytes)))
    far.on('data', bytes => (exchange.answered(bytes) === 'lose' ? end() : near.write(bytes)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      state = 'cut'
      cut()
    },
    freeze() {
      state = 'frozen'
      for (const socket of open) socket.pause()
    },
    mend() {
      state = 'whole'
      for (const socket of open) socket.resume()
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
