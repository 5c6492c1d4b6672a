import type { FixedKey, NamespaceRule } from './config.ts'

/** The workspace of the emulated cloud, and the key that it knows. The key opens nothing else. */
export const demoWorkspace = {
  id: 'a14bd5d90a1234',
  name: 'hz-realtime',
  region: 'cn-hangzhou',
  credentials: { accessKeyId: 'LTAI5tLockdeskDemo', accessKeySecret: 'lockdesk-demo-secret' } satisfies FixedKey,
  rules: [{ namespaces: '*-prod', policy: 'hard' }] satisfies NamespaceRule[],
  sweepIntervalMs: 5_000,
  callsPerMinute: 600,
}
