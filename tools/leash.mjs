// Preloaded into what the launcher starts: when the launcher is gone, however it went, so are we.
// What we start in turn inherits the preload but not the variable: its channel is its parent's business.
if (process.env.TOOLS_LEASH) {
  delete process.env.TOOLS_LEASH
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), 9000).unref()
  })
  process.channel?.unref()
}
