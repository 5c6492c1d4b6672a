import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSecret } from './secret.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockdesk-secret-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('is generated once, kept for its owner alone, and stays the same', () => {
  const secret = openSecret(null, folder)
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(statSync(`${folder}/secret`).mode & 0o777).toBe(0o600)
  expect(openSecret(null, folder)).toBe(secret)
})

test('is the configured one where there is one, and nothing is kept', () => {
  expect(openSecret('x'.repeat(32), folder)).toBe('x'.repeat(32))
  expect(() => statSync(`${folder}/secret`)).toThrow('ENOENT')
})

test('lives as long as the process where there is no folder', () => {
  expect(openSecret(null, null)).not.toBe(openSecret(null, null))
})

test('is not replaced where the kept one is damaged', () => {
  writeFileSync(`${folder}/secret`, 'half')
  expect(() => openSecret(null, folder)).toThrow('LOCKDESK_SECRET is kept in')
})

test('is a fault in words where it cannot be kept', () => {
  expect(() => openSecret(null, `${folder}/none`)).toThrow('LOCKDESK_SECRET could not be generated and kept')
})
