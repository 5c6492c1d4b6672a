import { redirect } from './redirect.ts'

redirect(
  { '/src/watch/duties.ts': 'everybody-sweeps.ts', '/src/ledger/judge-reading.ts': 'believe-everything.ts' },
  import.meta.url,
)
