import { redirect } from './redirect.ts'

redirect(
  { '/src/watch/duties.ts': 'everybody-sweeps.ts', '/src/ledger/sweep-memory.ts': 'own-memory.ts' },
  import.meta.url,
)
