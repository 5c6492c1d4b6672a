import { shown } from './shown-name.ts'

/** Of a user's mail-like name (`lin@example.onaliyun.com`) the part that tells people apart. */
export const shortName = (name: string): string => shown(name).replace(/(?<=.)@.*$/, '')
