import { fork } from 'node:child_process'
import { join } from 'node:path'

export interface Clients {
  /** Resolves with the time at which the last of all had this event, by this process's clock. Asked before it is published. */
  heard(mark: number): Promise<number>
  close(): Promise<void>
}

/** Many clients in a process of their own: what they cost is no business of the server's. */
export async function startClients(port: number, count: number, manner = 'reads'): Promise<Clients> {
  const child = fork(join(import.meta.dirname, 'be-clients.ts'), [String(port), String(count), manner])
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const waiting = new Map<string, () => void>()
  child.on('message', said => waiting.get(said as string)?.())
  const said = (words: string) => new Promise<void>(resolve => waiting.set(words, resolve))
  await said('connected')
  return {
    async heard(mark) {
      await said(`heard ${mark}`)
      return performance.now()
    },
    async close() {
      child.kill()
      await ended
    },
  }
}
