import { replace } from '../replace.ts'

replace('ledger/judge-reading.ts', new URL('judge-reading.ts', import.meta.url).href)
