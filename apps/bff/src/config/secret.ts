import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigFault } from './config-fault.ts'

/**
 * The secret that signs and encrypts. What is not configured is generated once and kept beside the data, for its owner alone; so
 * it stays the same over restarts. To be called once the database is open: only then is the folder there, and this process's own.
 * @param folder null: there is none, and the secret ends with the process
 * @throws ConfigFault the kept one cannot be read or written
 */
export function openSecret(configured: string | null, folder: string | null): string {
  if (configured !== null) return configured
  if (folder === null) return generate()
  const file = join(folder, 'secret')
  const kept = read(file)
  if (kept !== null) return kept
  const secret = generate()
  try {
    writeFileSync(`${file}.new`, `${secret}\n`, { mode: 0o600, flush: true })
    renameSync(`${file}.new`, file)
  } catch (error) {
    throw fault(`could not be generated and kept: ${file} cannot be written (${codeOf(error)}).`)
  }
  return secret
}

/**
 * The same where it is only looked up: none is generated.
 * @returns null where there is none
 * @throws ConfigFault the kept one cannot be read
 */
export function findSecret(configured: string | null, folder: string | null): string | null {
  return configured ?? (folder === null ? null : read(join(folder, 'secret')))
}

const generate = () => randomBytes(32).toString('base64url')

function read(file: string): string | null {
  try {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 32) return secret
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw fault(`is kept in ${file}, which cannot be read (${codeOf(error)}).`)
  }
  throw fault(`is kept in ${file}, which is damaged. Put the old one back; or delete it, and everybody signs in anew.`)
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown'
const example = 'LOCKDESK_SECRET=$(openssl rand -base64 32)'
const fault = (message: string) => new ConfigFault([{ setting: 'LOCKDESK_SECRET', message, example }])
