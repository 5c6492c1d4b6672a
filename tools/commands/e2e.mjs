import { playwright } from './runners.mjs'

/**
 * The tests in a browser alone; what follows `--` is Playwright's.
 * @param {import('../launcher/prepare.mjs').House} house
 * @param {string[]} args
 */
export const e2e = (house, args) => playwright.run(house, args)
