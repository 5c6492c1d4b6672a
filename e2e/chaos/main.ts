import { parseWords } from './arguments.ts'
import { runCampaigns } from './campaigns.ts'
import { measureLoad } from './load.ts'
import { takeInPairs } from './pairs.ts'

try {
  const words = parseWords(process.argv.slice(2))
  const run = { campaign: runCampaigns, pairs: takeInPairs, load: measureLoad }[words.kind] as (
    given: typeof words,
  ) => Promise<boolean> // each is given its own kind of words
  process.exit((await run(words)) ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
