/** What the emulated team calls its namespaces, folders, jobs and people. Data only. */

/** The first that ends in `-prod` is the only one. */
export const namespaceNames: readonly string[] = [
  'trade-prod',
  'risk-dev',
  'growth-dev',
  'realtime-dw-staging',
  'marketing-dev',
  'logistics-test',
  'search-dev',
  'member-staging',
]

/** Folders below the root, and what lies in each. */
export const folderTree: Readonly<Record<string, readonly string[]>> = {
  ods: ['mysql', 'kafka', 'hologres'],
  dim: [],
  dwd: ['trade', 'payment', 'user', 'logistics'],
  dws: ['trade', 'payment', 'user', 'logistics'],
  ads: ['dashboard'],
  订单: ['对账', '履约'],
  支付: [],
  风控: ['反欺诈'],
}

/** Layers of a warehouse, each with the folders its jobs may lie in. */
export const layers: readonly [Layer, ...Layer[]] = [
  { prefix: 'ods', folders: ['ods', 'ods/mysql', 'ods/kafka', 'ods/hologres'] },
  { prefix: 'dim', folders: ['dim'] },
  { prefix: 'dwd', folders: ['dwd', 'dwd/trade', 'dwd/payment', 'dwd/user', 'dwd/logistics'] },
  { prefix: 'dws', folders: ['dws', 'dws/trade', 'dws/payment', 'dws/user', 'dws/logistics'] },
  { prefix: 'ads', folders: ['ads', 'ads/dashboard'] },
]
export interface Layer {
  prefix: string
  folders: readonly [string, ...string[]]
}

export const domains: Words = [
  'trade',
  'payment',
  'refund',
  'user',
  'coupon',
  'cart',
  'logistics',
  'inventory',
  'merchant',
  'risk',
  'search',
  'ads_click',
  'live_room',
  'member',
  'settlement',
]

export const subjects: Words = [
  'order_detail',
  'order_status',
  'event_log',
  'session',
  'exposure_click',
  'device_profile',
  'blacklist',
  'gmv',
  'uv_pv',
  'binlog_sync',
  'balance',
  'channel',
  'sku_snapshot',
  'funnel',
  'retention',
  'feature',
  'alert_rule',
  'cdc',
  'late_data_fix',
  'wide_table',
]

export const rhythms: Words = ['rt', '1min', '5min', 'hourly', 'di', 'mid', 'join', 'agg']

export const chineseDomains: Words = [
  '订单',
  '支付',
  '退款',
  '用户',
  '优惠券',
  '购物车',
  '物流',
  '库存',
  '商户',
  '风控',
  '搜索',
  '直播间',
  '会员',
  '结算',
]

export const chineseSubjects: Words = [
  '实时宽表',
  '对账',
  '明细同步',
  '分钟级汇总',
  '画像标签',
  '反欺诈规则',
  '曝光点击关联',
  '大屏指标',
  '异常告警',
  '迟到数据修复',
  '维表更新',
  '漏斗分析',
  '特征回流',
  '状态变更流',
]

/** Chinese folders in which Chinese jobs lie. */
export const chineseFolders: Words = [
  '订单',
  '订单/对账',
  '订单/履约',
  '支付',
  '风控',
  '风控/反欺诈',
  'dws/trade',
  'ads',
]

export const engineVersions: Words = [
  'vvr-8.0.11-flink-1.17',
  'vvr-8.0.11-flink-1.17',
  'vvr-8.0.9-flink-1.17',
  'vvr-11.1-jdk11-flink-1.20',
  'vvr-6.0.7-flink-1.15',
]

export const teams: Words = ['trade', 'payment', 'risk', 'growth', 'data-platform', '数仓']
export const tiers: Words = ['P0', 'P1', 'P2', 'P3']

/** Colleagues; beyond these they are numbered. A bot's name begins with `svc-`. */
export const peopleNames: Words = [
  '张伟',
  'Lin Wei',
  '王芳',
  'Priya Natarajan',
  '李娜',
  'svc-flink-ci',
  'Mateus Oliveira',
  '刘洋',
  'Zhao Lei',
  '陈静',
  'Ingrid Solheim',
  '杨帆',
  'Tomáš Dvořák',
  '赵敏',
  'svc-dataworks-sync',
  'Hassan Farouk',
  '周杰',
  'Nguyễn Minh Anh',
  '吴倩',
  'Sarah O’Neill',
  '徐强',
  'Kenji Watanabe',
  '孙悦',
  'svc-backfill-bot',
  'Elif Yılmaz',
  '马超',
  'Oluwaseun Adeyemi',
  '朱琳',
]

type Words = readonly [string, ...string[]]
