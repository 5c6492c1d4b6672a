/** A key that is configured itself, instead of where to find one. */
export interface FixedKey {
  accessKeyId: string
  accessKeySecret: string
}

/** What holds in the namespaces that fit; what is absent is as in the workspace. */
export interface NamespaceRule {
  /** `*` stands for any text. */
  namespaces: string
  policy?: 'soft' | 'hard'
  overdueAfterMs?: number
}

export interface WorkspaceConfig {
  id: string
  /** For people. */
  name: string
  region: string
  /** Origins. */
  endpoint: string
  stsEndpoint: string
  namespaces: readonly string[] | '*'
  /** `default`, `profile:NAME`, `env:PREFIX`, or the demo's key. */
  credentials: string | FixedKey
  /** Ids by which the cloud names the credential, beside what STS tells. */
  holderIds: readonly string[]
  sweepIntervalMs: number
  callsPerMinute: number
  callTimeoutMs: number
  policy: 'soft' | 'hard'
  overdueAfterMs: number
  /** Null: the namespace's page in the cloud's console. */
  consoleTemplate: string | null
  /** The first that fits counts. */
  rules: readonly NamespaceRule[]
}

/** Everything that can be set, checked as a whole. */
export interface Config {
  mode: 'demo' | 'live'
  port: number
  host: string
  /** The origin people use. */
  publicUrl: string
  databaseUrl: string
  /** Where the secret is kept; null where the store is in memory. */
  dataFolder: string | null
  /** Null: generated, and kept in the data folder. */
  secret: string | null
  /** Age after which whole segments of the ledger go; null: all are kept. */
  retentionMs: number | null
  /** Where every entry is told beside the ledger; null: nowhere. */
  sink: { kind: 'file'; path: string } | { kind: 'http'; url: string; token: string | null } | null
  /** 0: no limit. */
  takesPerMinute: number
  /** 0: no limit. */
  streamsPerPerson: number
  /** Addresses or ranges whose `X-Forwarded-*` are believed. */
  trustedProxies: readonly string[]
  /** Who becomes the first admin where there is no account yet. */
  firstAdmin: { email: string; password: string } | null
  workspaces: readonly WorkspaceConfig[]
}
