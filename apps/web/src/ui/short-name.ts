/** Of a user's mail-like name (`lin@example.onaliyun.com`) the part that tells people apart. */
export const shortName = (name: string): string => name.replace(/(?<=.)@.*$/, '')
