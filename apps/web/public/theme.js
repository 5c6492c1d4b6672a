// Runs before the first paint, so that nobody sees the wrong theme flash by. A file of its own: no inline script is allowed.
;(function () {
  var root = document.documentElement
  var read = function (key) {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  var theme = read('lockdesk.theme')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  var lang = new URLSearchParams(location.search).get('lang') || read('lockdesk.lang') || navigator.language || 'en'
  root.lang = /^zh/i.test(lang) ? 'zh-CN' : 'en'
})()
