import type { CredentialSource } from './credentials.ts'
import type { Attempt, CallOptions, Operation } from './operations.ts'

export interface FlinkClientOptions {
  /** Id of the workspace; sent as a header that the signature does not cover. */
  workspace: string
  regionId: string
  /** Full origin of the Flink endpoint. */
  endpoint: string
  /** Full origin of the STS endpoint. */
  stsEndpoint: string
  credentials: CredentialSource
  /** Time limit of one call, in ms: of a read with all its retries; of a take everything, admission and credential included. */
  timeoutMs: number
  /** Awaited before every attempt, outside the time limit of a read: the call budget hangs here. What it throws is thrown on. */
  admit?(operation: Operation, options: CallOptions): Promise<void>
  observe?(attempt: Attempt): void
  /** Epoch ms; dates the signature. */
  now?(): number
  /** From [0, 1); spreads the retries. */
  random?(): number
  /** Unique for each attempt. */
  nonce?(): string
  /** Where `HTTPS_PROXY` and `NO_PROXY` are read from; the process's own by default. */
  env?: Readonly<Record<string, string | undefined>>
}
