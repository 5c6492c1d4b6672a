import { at } from '../launcher/places.mjs'

/**
 * A test runner, and where its report of the last run lies. Nothing is tried twice, and nothing may be left out unseen.
 * @typedef {object} Runner
 * @property {string} report
 * @property {(house: import('../launcher/prepare.mjs').House, args: string[]) => Promise<number>} run
 */

/** @type {Runner} */
export const vitest = {
  report: at('.tools', 'vitest-report.json'),
  run({ node, env, children }, args) {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${this.report}`]
    const limits = ['--retry=0', '--allowOnly=false', '--testTimeout=30000', '--hookTimeout=30000']
    const words = [at('node_modules', 'vitest', 'vitest.mjs'), 'run', ...reporters, ...limits, ...args]
    return children.startLeashed(node, words, { env }).ended
  },
}

/** @type {Runner} */
export const playwright = {
  report: at('.tools', 'playwright-report.json'),
  run({ node, env, children }, args) {
    const cli = at('e2e', 'node_modules', '@playwright', 'test', 'cli.js')
    const words = [cli, 'test', '--reporter=list,json', '--retries=0', '--forbid-only', ...args]
    const more = { PLAYWRIGHT_JSON_OUTPUT_FILE: this.report, PLAYWRIGHT_HTML_OPEN: 'never' }
    return children.startLeashed(node, words, { env: { ...env, ...more }, cwd: at('e2e') }).ended
  },
}
