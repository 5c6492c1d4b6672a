import type { Environment } from './settings.ts'

/** Any of these says that there is a workspace to watch. */
const telling = ['LOCKDESK_WORKSPACE', 'LOCKDESK_REGION', 'LOCKDESK_ENDPOINT', 'LOCKDESK_CONFIG']
const key = 'ALIBABA_CLOUD_ACCESS_KEY_ID'

/** Demo, unless a workspace is configured. A cloud key alone decides nothing, and is not used. */
export function modeOf(env: Environment): { mode: 'demo' | 'live'; sentence: string } {
  const set = telling.filter(name => env[name]?.trim())
  if (set.length > 0) {
    const names = set.length === 1 ? `${set[0]} is` : `${set.slice(0, -1).join(', ')} and ${set.at(-1)} are`
    return { mode: 'live', sentence: `Lockdesk runs live, against the real cloud: ${names} set.` }
  }
  const unused = env[key]?.trim() ? ` The cloud key in ${key} is not used.` : ''
  return {
    mode: 'demo',
    sentence: `Lockdesk runs as a demo, on an emulated cloud: none of ${telling.slice(0, -1).join(', ')} and ${telling.at(-1)} is set.${unused}`,
  }
}
