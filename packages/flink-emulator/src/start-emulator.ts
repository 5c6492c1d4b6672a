import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts'

export interface StartOptions extends EmulatorOptions {
  /** 0, the default: any free one. */
  port?: number
  host?: string
}

export interface RunningEmulator {
  /** Origin without a slash at the end. */
  url: string
  emulator: Emulator
  /** Cuts every connection and frees the port. */
  close(): Promise<void>
}

/**
 * An emulator behind a port of its own.
 * @throws Error with the code `EADDRINUSE` when the port is taken, as Node words it
 */
export async function startEmulator(options: StartOptions = {}): Promise<RunningEmulator> {
  const host = options.host ?? '127.0.0.1'
  const emulator = createEmulator(options)
  const server = createAdaptorServer({ fetch: emulator.app.fetch, overrideGlobalObjects: false }) as Server
  // Longer than any client keeps an idle connection: a closing of ours must never look like a fault that nobody ordered.
  server.keepAliveTimeout = 120_000
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port ?? 0, host, resolve)
    })
  } catch (error) {
    emulator.close()
    throw error
  }
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    emulator,
    close: async () => {
      emulator.close()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}
