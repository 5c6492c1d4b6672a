import { readingFaults } from '../../ui/reading-fault.ts'
import type { TakeWords } from './words.en.ts'

export const zh: TakeWords = {
  close: '关闭',
  dismiss: '知道了',
  openEditor: '打开编辑器',
  addReason: '补充原因',
  takeOver: '接管…',
  takeAgain: '获取',
  copyDetails: '复制详情',
  request: '请求号',

  taken: {
    title: draft => `你已持有 ${draft}`,
    announced: draft => `已取得：${draft} 归你持有。`,
    wasFree: '此前空闲。',
    wasHeld: holder => `此前由 ${holder} 持有。`,
    claimMoved: (before, identity) => `此前由 ${before} 经 Lockdesk 持有；云端显示的仍是 ${identity}。`,
    byAnswer: '依据是云端的应答；随后读取草稿时还未显示出来。',
    noRelease: '云端没有释放操作：在别人取走之前一直归你。',
  },
  alreadyYours: {
    title: draft => `${draft} 本来就归你`,
    text: '没有发送任何请求，也没有任何变化。',
  },
  heldByOther: {
    gotIt: (winner, draft) => `${winner} 先一步取得了 ${draft}`,
    keepsIt: (holder, draft) => `${draft} 仍由 ${holder} 持有`,
    freeAgain: draft => `${draft} 又空闲了`,
    nothingLost: '你没有取得锁，也没有内容丢失。',
    lostAgain: (winner, draft) => `你曾短暂取得 ${draft}，现由 ${winner} 持有`,
    mayBeLost: before => `锁已不归你。你取得时 ${before} 失去了锁，其尚未保存的内容可能丢失。`,
    hadBeenFree: '锁已不归你。你取得之前它是空闲的。',
    cloudKept: '云端没有把锁转给你，一切照旧。',
    tryOnce: '有人短暂持有后又放开了，可以再试一次。',
  },
  holderChanged: {
    taken: (holder, draft) => `${draft} 现由 ${holder} 持有`,
    freed: draft => `${draft} 已空闲`,
    text: '你操作期间情况有变，没有发送任何请求。',
  },
  refused: {
    title: draft => `云端拒绝了对 ${draft} 的获取`,
    ram: identity => `${identity} 的 RAM 策略不允许 stream:GetDeploymentDraftLock，可由阿里云账号管理员授权。`,
    namespaceRole: (identity, namespace) =>
      `${identity} 在 ${namespace} 中没有“解锁 SQL/YAML 作业草稿”（或“开发 SQL/YAML 作业”）权限，可由 ${namespace} 的所有者授予。`,
    unspecified: '云端拒绝了请求，但没有说明原因。',
    withCode: code => `错误码：${code}。`,
    nothingChanged: '一切照旧。',
    theIdentity: '服务账号',
  },
  unknown: {
    title: draft => `尚不清楚你是否持有 ${draft}`,
    text: '云端没有给出明确应答。Lockdesk 正在读取草稿，不会重复发送。查清之前，其他人无法经 Lockdesk 获取它。',
    namesStranger: id =>
      `云端显示的持有人是 ${id}，可能正是 Lockdesk 自己的身份。管理员可在 LOCKDESK_HOLDER_IDS 中注明。`,
  },
  settled: {
    mine: draft => `已查清：你持有 ${draft}`,
    notMine: draft => `已查清：你没有持有 ${draft}`,
    heldBy: holder => `由 ${holder} 持有。`,
    free: '目前空闲。',
  },
  lost: {
    title: draft => `不清楚对 ${draft} 的获取是否已发出`,
    text: '浏览器没有收到应答。正在重新读取看板，不会重复获取。',
  },
  problems: {
    pending: {
      title: draft => `${draft} 的上一次获取尚未查清`,
      text: '还不知道那次是否成功，因此没有发送任何请求。Lockdesk 会一直读取到查清为止，届时可再试。',
    },
    policyHard: {
      title: namespace => `${namespace} 中只有管理员可以接管`,
      text: draft => `${draft} 已被占用，而此命名空间为严格策略。请联系 Lockdesk 管理员。没有发送任何请求。`,
    },
    noRight: {
      title: draft => `你无权获取 ${draft}`,
      text: (right, namespace) =>
        `你在 ${namespace} 中没有“${right}”权限，可由 Lockdesk 管理员授予。没有发送任何请求。`,
    },
    cloudUnavailable: {
      title: draft => `未获取 ${draft}：暂时无法访问云端`,
      text: '读不到现在的持有人，因此没有发送任何请求。',
      soon: '云端恢复应答后，看板会自行更新。',
      otherwise: (_detail, code) => code && `读不到现在的持有人，因此没有发送任何请求。云端的错误码是 ${code}。`,
      causes: readingFaults.zh,
    },
    ledgerUnavailable: {
      title: draft => `未获取 ${draft}：Lockdesk 无法记账`,
      text: '没有先记下来的操作不会发出。请告知 Lockdesk 的运维人员。',
    },
    throttled: {
      title: draft => `未获取 ${draft}：云端正在限流`,
      text: wait => `一切照旧，请${wait}再试。`,
    },
    tooMany: {
      title: '一分钟内获取次数过多',
      text: wait => `没有发送任何请求，请${wait}再试。`,
    },
    draftGone: {
      title: draft => `${draft} 已不存在`,
      text: '云端已没有这个草稿，其历史仍保留在这里。',
    },
    notFound: {
      title: draft => `未找到 ${draft}`,
      text: 'Lockdesk 不知道这个草稿，或你无权查看其命名空间。没有发送任何请求。',
    },
    notSignedIn: {
      title: '你已退出登录',
      text: draft => `没有获取 ${draft}。请登录后再试。`,
    },
    passwordChangeNeeded: {
      title: '请先修改密码',
      text: draft => `没有获取 ${draft}：使用一次性密码时不能进行其他操作。`,
    },
    foreignOrigin: {
      title: draft => `未获取 ${draft}：请求似乎来自其他网站`,
      text: '请从 Lockdesk 自己的地址打开后再试。没有向云端发送任何请求。',
    },
    badRequest: {
      title: draft => `未获取 ${draft}：请求无法识别`,
      text: '请刷新页面：页面可能比服务器旧。没有向云端发送任何请求。',
    },
    tooLarge: {
      title: draft => `未获取 ${draft}：原因过长`,
      text: '最多 280 个字符。没有向云端发送任何请求。',
    },
    internal: {
      title: draft => `获取 ${draft} 时出了问题`,
      text: '你是否持有以看板为准，正在重新读取看板。不会重复获取。',
    },
  },
  wait: {
    seconds: n => `在 ${Math.max(1, n)} 秒后`,
    minutes: n => `在 ${n} 分钟后`,
    later: '稍后',
  },

  dialog: {
    title: draft => `接管 ${draft}`,
    titleFree: draft => `获取 ${draft}`,
    from: '从',
    to: '至',
    free: '空闲',
    you: '你',
    asWhom: identity => ['在云端以 ', { code: identity }, ' 的身份'],
    asUnknown: '在云端以 Lockdesk 服务账号的身份',
    savedAgo: ago => `${ago}保存`,
    mayBeLost: holder => `${holder} 尚未保存的内容可能丢失。`,
    mayBeLostSince: (holder, time) => `${holder} 在 ${time} 之后输入的内容可能丢失。`,
    noCopy: '云端不保存未保存的内容。',
    claimOnly: (holder, identity) =>
      `${holder} 经 Lockdesk 持有；云端显示的仍是 ${identity}。不会发送任何请求，只是归属改记为你。`,
    claimNobody: identity => `由 ${identity} 持有，背后没有登记任何人。不会发送任何请求，只是归属记为你。`,
    sharedEditor: holder => `如果 ${holder} 正打开着这个草稿，你们会以同一账号同时写入。`,
    noRelease: 'Lockdesk 无法归还：云端没有释放操作。锁会一直归你，直到别人取走。',
    reason: '原因',
    reasonHint: '可不填。会显示在看板上，并保留在审计中。',
    counter: (n, most) => `${n} / ${most}`,
    now: '立即接管',
    takeNow: '立即获取',
    cancel: '取消',
    sending: '正在获取…',
    sendingNote: '只发送一次。关闭此窗口不会撤回，结果会在页面上告知。',
    rearmed: holder => `现由 ${holder} 持有，请重新确认后再接管。`,
    rearmedFree: '已变为空闲，请重新确认后再获取。',
    checkAgain: '请重新确认后再操作。',
    changed: '你看到的情况已有变化。',
    isYours: '现在归你持有，无需再接管。',
    isPending: '此草稿的上一次获取尚未查清，在此之前不能发送。',
    isGone: '这个草稿已不存在。',
    notAllowed: '就目前的情况，你不能接管。',
    notOnBoard: '这个草稿已不在看板上。',
  },
}
