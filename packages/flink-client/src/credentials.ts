/** What a call is signed with. Never logged, never part of an error. */
export interface Credentials {
  accessKeyId: string
  accessKeySecret: string
  /** Of a temporary credential. */
  securityToken?: string
}

/**
 * Answers the credentials in force now; temporary ones are renewed behind it.
 * @throws CredentialFault
 */
export type CredentialSource = () => Promise<Credentials>

/** No usable credential. Carries words of ours only: the chain's own messages may quote whole key files. */
export class CredentialFault extends Error {
  override readonly name = 'CredentialFault'
}

type Environment = Readonly<Record<string, string | undefined>>
type Raw = { accessKeyId?: string; accessKeySecret?: string; securityToken?: string }
interface Provider {
  getCredentials(): Promise<Raw>
}

const printable = /^[\x21-\x7e]+$/

/** Keys from files and environments come with blanks and line ends; anything else odd cannot be a header. */
function usable(raw: Raw, whence: string): Credentials {
  const accessKeyId = raw.accessKeyId?.trim() ?? ''
  const accessKeySecret = raw.accessKeySecret?.trim() ?? ''
  const securityToken = raw.securityToken?.trim() ?? ''
  if (accessKeyId === '' || accessKeySecret === '') {
    throw new CredentialFault(`${whence} gives no access key id and secret.`)
  }
  const parts = securityToken === '' ? [accessKeyId, accessKeySecret] : [accessKeyId, accessKeySecret, securityToken]
  if (!parts.every(part => printable.test(part))) {
    throw new CredentialFault(`${whence} gives a key with characters that no access key has.`)
  }
  return securityToken === '' ? { accessKeyId, accessKeySecret } : { accessKeyId, accessKeySecret, securityToken }
}

/**
 * Asks the first provider that answers, and stays with it. After a failure it is built anew: the official chain would
 * otherwise stick to its last link for good.
 */
function firstThatAnswers(whence: string, build: () => Promise<(() => Provider)[]>): CredentialSource {
  let chosen: Provider | undefined
  return async () => {
    if (chosen !== undefined) {
      const provider = chosen
      try {
        return usable(await provider.getCredentials(), whence)
      } catch (fault) {
        if (chosen === provider) chosen = undefined
        if (fault instanceof CredentialFault) throw fault
        throw new CredentialFault(`${whence} gives no credential at the moment.`)
      }
    }
    for (const make of await build()) {
      try {
        const provider = make()
        const credentials = usable(await provider.getCredentials(), whence)
        chosen = provider
        return credentials
      } catch {
        // The next one may know; that none did is said below, in words that quote nothing.
      }
    }
    throw new CredentialFault(`${whence} gives no usable credential.`)
  }
}

/**
 * Where a workspace's credential comes from:
 * - `default`: the official chain (environment, OIDC token file, CLI profile, shared file, instance role, URI), which
 *   reads the process's own environment and files;
 * - `profile:NAME`: that profile of `~/.aliyun/config.json`, else of the shared credentials file;
 * - `env:PREFIX`: `PREFIX_ACCESS_KEY_ID`, `PREFIX_ACCESS_KEY_SECRET` and, if set, `PREFIX_SECURITY_TOKEN`, read at each call.
 * @throws CredentialFault for any other spelling
 */
export function credentialSource(spec: string, env: Environment = process.env): CredentialSource {
  if (spec === 'default') {
    return firstThatAnswers('The default credential chain', async () => {
      const official = await import('@alicloud/credentials')
      return [() => official.DefaultCredentialsProvider.builder().build()]
    })
  }
  const [, kind, name] = /^(profile|env):(.+)$/.exec(spec) ?? []
  if (kind === 'profile' && name !== undefined) {
    return firstThatAnswers(`The credential profile ${JSON.stringify(name)}`, async () => {
      const official = await import('@alicloud/credentials')
      return [
        () => official.CLIProfileCredentialsProvider.builder().withProfileName(name).build(),
        () => official.ProfileCredentialsProvider.builder().withProfileName(name).build(),
      ]
    })
  }
  if (kind === 'env' && name !== undefined && /^[A-Za-z_]\w*$/.test(name)) {
    return async () => {
      const raw: Raw = {}
      const id = env[`${name}_ACCESS_KEY_ID`]
      const secret = env[`${name}_ACCESS_KEY_SECRET`]
      const token = env[`${name}_SECURITY_TOKEN`]
      if (id !== undefined) raw.accessKeyId = id
      if (secret !== undefined) raw.accessKeySecret = secret
      if (token !== undefined) raw.securityToken = token
      return usable(raw, `The environment (${name}_ACCESS_KEY_ID, ${name}_ACCESS_KEY_SECRET)`)
    }
  }
  throw new CredentialFault('credentials must be "default", "profile:NAME" or "env:PREFIX".')
}
