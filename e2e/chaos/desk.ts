import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Emulator, startEmulator } from '@lockdesk/flink-emulator'
import { type Postgres, startPostgres } from '@lockdesk/throwaway-postgres'
import type { Line } from './judge/history.ts'
import { type Replica, createReplica } from './replica.ts'
import type { Point } from './points.ts'
import { readLedger } from './read-ledger.ts'
import type { Variant } from './variants.ts'

export type StoreName = 'sqlite' | 'postgres'

export interface DeskOptions {
  store: StoreName
  replicas: number
  variant: Variant
  drafts: number
  namespaces: readonly string[]
  env?: Record<string, string>
  onPoint(point: Point, detail: string): void
  onDeath(replica: string, printed: string): void
}

/** A whole Lockdesk with its cloud and its store, everything on loopback and everything breakable. */
export interface Desk {
  emulator: Emulator
  replicas: readonly Replica[]
  /** Null where the store is a file. */
  server: { crashAndRestart(): Promise<void> } | null
  /** The ledger as it stands, and what its own check finds. SQLite: the replicas must have ended. */
  readLedger(): Promise<{ lines: Line[]; complaints: string[] }>
  close(): Promise<void>
}

const environment = {
  LOCKDESK_SECRET: 'what signs the cookies of a short life',
  LOCKDESK_SWEEP_INTERVAL: '0.5',
  LOCKDESK_CALLS_PER_MINUTE: '6000',
  LOCKDESK_TAKES_PER_MINUTE: '0',
  LOCKDESK_STREAMS_PER_PERSON: '0',
  LOCKDESK_CALL_TIMEOUT: '1',
}

/** @throws SQLite is one process's, and cannot have two replicas */
export async function openDesk(options: DeskOptions): Promise<Desk> {
  const { store, variant } = options
  if (store === 'sqlite' && options.replicas > 1) throw new Error('one process owns a SQLite file: ask for one replica')
  const folder = mkdtempSync(join(tmpdir(), 'lockdesk-chaos-'))
  chmodSync(folder, 0o755) // PostgreSQL may run as another user
  const cloud = await startEmulator({
    world: { drafts: options.drafts, namespaceNames: [...options.namespaces], people: 6 },
  })
  const cloudPort = Number(new URL(cloud.url).port)
  const postgres: { running: Postgres | null } = { running: null }
  const startStore = async (port?: number) => {
    postgres.running = await startPostgres({ folder: join(folder, 'postgres'), ...(port !== undefined && { port }) })
    return postgres.running
  }
  const first = store === 'postgres' ? await startStore() : null
  const replicas = await Promise.all(
    Array.from({ length: options.replicas }, (_, index) =>
      createReplica({
        name: `replica ${index + 1}`,
        cloudPort,
        ...(first && { databasePort: first.port }),
        dataFolder: join(folder, 'data'),
        env: { ...environment, ...options.env },
        ...variant,
        onPoint: options.onPoint,
        onDeath: printed => options.onDeath(`replica ${index + 1}`, printed),
      }),
    ),
  )
  const databaseUrl = first ? first.url : `sqlite:${join(folder, 'data', 'lockdesk.sqlite')}`
  return {
    emulator: cloud.emulator,
    replicas,
    server: first && {
      async crashAndRestart() {
        await postgres.running?.crash()
        await startStore(first.port)
      },
    },
    readLedger: () => readLedger(databaseUrl),
    async close() {
      await Promise.all(replicas.map(replica => replica.close()))
      await postgres.running?.stop()
      await cloud.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
