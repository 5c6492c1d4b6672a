import { at } from '../launcher/places.mjs'

/** @param {string[]} parts */
const tool = (...parts) => at('node_modules', ...parts)
const turbo = tool('turbo', 'bin', 'turbo')

/** Each a program for Node that ends with 0 when it has nothing to say against the tree. */
const guards = {
  format: [tool('oxfmt', 'bin', 'oxfmt'), '--check', '.'],
  lint: [tool('oxlint', 'bin', 'oxlint'), '--ignore-pattern=tools/canaries/**', '--deny-warnings'],
  words: [at('tools', 'check', 'hold-text-rules.mjs')],
  canaries: [at('tools', 'check', 'kill-canaries.mjs')],
  types: [turbo, 'run', 'types', '--continue', '--output-logs=errors-only'],
  'types of the tools': [tool('typescript', 'bin', 'tsc'), '-p', 'tools'],
  boundaries: [turbo, 'boundaries'],
  'dead code': [tool('knip', 'bin', 'knip.js'), '--no-progress'],
}

/**
 * Runs every guard, also after one has failed. What a guard says is shown when it fails.
 * @param {import('../launcher/prepare.mjs').House} house
 * @returns {Promise<import('../count-tests.mjs').Tally>} a guard counts as one test
 */
export async function runGuards({ node, env, children, say }) {
  const tally = { passed: 0, failed: 0, skipped: 0, complaints: /** @type {string[]} */ ([]) }
  for (const [name, args] of Object.entries(guards)) {
    const began = performance.now()
    const child = children.startLeashed(node, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let words = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', text => {
        words += text
      })
    const code = await child.ended
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    if (code === 0) tally.passed += 1
    else {
      tally.failed += 1
      tally.complaints.push(`check: ${name} ended with ${code}`)
      say(words)
    }
    say(`${code === 0 ? 'ok  ' : 'FAIL'}  ${name}, ${seconds} s`)
  }
  return tally
}
