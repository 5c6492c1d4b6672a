import { redirect } from './redirect.ts'

redirect({ '/src/ledger/judge-reading.ts': 'believe-everything.ts' }, import.meta.url)
