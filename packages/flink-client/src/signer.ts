import { CredentialFault, type Credentials, type CredentialSource } from './credentials.ts'

/** The headers that every call of this client has before it is signed. */
export function headersOf(
  call: { operation: string; version: string; workspace?: string },
  origin: string,
): Record<string, string> {
  const headers: Record<string, string> = {
    // As it is sent: the URL's own spelling, lower-case, with a port that is not the scheme's.
    host: new URL(origin).host,
    accept: 'application/json',
    'user-agent': 'lockdesk',
    'x-acs-action': call.operation,
    'x-acs-version': call.version,
  }
  if (call.workspace !== undefined) headers['workspace'] = call.workspace
  return headers
}

/**
 * The credentials in force, or why there are none. A source that hangs (an instance's metadata service out of reach) is given up
 * after the time limit.
 */
export async function credentialsWithin(
  source: CredentialSource,
  limitMs: number,
): Promise<Credentials | { why: string }> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<{ why: string }>(resolve => {
    timer = setTimeout(resolve, limitMs, { why: 'the credential did not come in time.' })
  })
  try {
    return await Promise.race([source(), late])
  } catch (fault) {
    return { why: fault instanceof CredentialFault ? fault.message : 'the credential could not be read.' }
  } finally {
    clearTimeout(timer)
  }
}
