/**
 * The longest reason that the server takes, in UTF-16 units, as `maxlength` counts them. Stands here too, because the
 * contract's own number would bring its validation into the page; a test holds the two together.
 */
export const longestReason = 280
