import { replace } from '../replace.ts'

replace('watch/duties.ts', new URL('duties.ts', import.meta.url).href)
replace('ledger/judge-reading.ts', new URL('../old-news/judge-reading.ts', import.meta.url).href)
