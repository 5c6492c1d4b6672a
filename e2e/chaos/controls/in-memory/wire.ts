import { replace } from '../replace.ts'

replace('watch/duties.ts', new URL('../no-leader/duties.ts', import.meta.url).href)
replace('ledger/observe-locks.ts', new URL('observe-locks.ts', import.meta.url).href)
