type AppNames = readonly (readonly [names: readonly string[], packages: readonly string[]])[];

/**
 * What people call a kind of app, with the packages that makers ship for it, most usual first: any of them will do. Android's
 * shell shows packages and no labels, so names are kept here; an app that is not listed is found by the words in its package.
 */
const kinds: AppNames = [
  [
    ['camera', '相机'],
    [
      'com.google.android.GoogleCamera',
      'com.android.camera2',
      'com.android.camera',
      'com.sec.android.app.camera',
      'com.huawei.camera',
      'com.oneplus.camera',
      'com.oplus.camera',
    ],
  ],
  [
    ['clock', 'alarm clock', 'alarms', '时钟', '闹钟'],
    [
      'com.google.android.deskclock',
      'com.android.deskclock',
      'com.sec.android.app.clockpackage',
      'com.oneplus.deskclock',
      'com.coloros.alarmclock',
    ],
  ],
  [
    ['calculator', '计算器'],
    [
      'com.google.android.calculator',
      'com.android.calculator2',
      'com.sec.android.app.popupcalculator',
      'com.miui.calculator',
      'com.coloros.calculator',
    ],
  ],
  [
    ['calendar', '日历'],
    ['com.google.android.calendar', 'com.samsung.android.calendar', 'com.android.calendar'],
  ],
  [
    ['messages', 'messaging', 'sms', 'text messages', '短信', '信息'],
    ['com.google.android.apps.messaging', 'com.samsung.android.messaging', 'com.android.mms', 'com.android.messaging'],
  ],
  [
    ['phone', 'dialer', 'dialler', '电话'],
    ['com.google.android.dialer', 'com.samsung.android.dialer', 'com.android.dialer', 'com.android.contacts'],
  ],
  [
    ['contacts', 'address book', '通讯录', '联系人'],
    ['com.google.android.contacts', 'com.samsung.android.app.contacts', 'com.android.contacts'],
  ],
  [['settings', 'system settings', '设置'], ['com.android.settings']],
  [
    ['browser', 'web browser', 'internet browser', '浏览器'],
    [
      'com.android.chrome',
      'com.sec.android.app.sbrowser',
      'org.mozilla.firefox',
      'com.mi.globalbrowser',
      'com.huawei.browser',
      'com.heytap.browser',
      'com.android.browser',
    ],
  ],
  [
    ['maps', 'map', '地图'],
    ['com.google.android.apps.maps', 'com.autonavi.minimap', 'com.baidu.BaiduMap'],
  ],
  [
    ['mail', 'email', 'e-mail', '邮件', '邮箱'],
    [
      'com.google.android.gm',
      'com.microsoft.office.outlook',
      'com.samsung.android.email.provider',
      'com.android.email',
    ],
  ],
  [
    ['photos', 'gallery', '相册', '图库', '照片'],
    [
      'com.google.android.apps.photos',
      'com.sec.android.gallery3d',
      'com.miui.gallery',
      'com.coloros.gallery3d',
      'com.android.gallery3d',
    ],
  ],
  [
    ['app store', '应用商店'],
    ['com.android.vending', 'com.xiaomi.mipicks', 'com.xiaomi.market', 'com.huawei.appmarket', 'com.heytap.market'],
  ],
  [
    ['notes', '便签', '笔记'],
    ['com.google.android.keep', 'com.samsung.android.app.notes', 'com.miui.notes'],
  ],
  [
    ['files', 'file manager', 'my files', '文件', '文件管理'],
    [
      'com.google.android.apps.nbu.files',
      'com.sec.android.app.myfiles',
      'com.android.documentsui',
      'com.mi.android.globalFileexplorer',
    ],
  ],
  [
    ['recorder', 'voice recorder', '录音机', '录音'],
    ['com.google.android.apps.recorder', 'com.sec.android.app.voicenote', 'com.android.soundrecorder'],
  ],
  [
    ['weather', '天气'],
    ['com.google.android.apps.weather', 'com.sec.android.daemonapp', 'com.miui.weather2'],
  ],
  [
    ['music player', '音乐播放器'],
    [
      'com.google.android.apps.youtube.music',
      'com.sec.android.app.music',
      'com.miui.player',
      'com.heytap.music',
      'com.android.music',
    ],
  ],
];

/** The names of products: nothing else is opened in their place. */
const products: AppNames = [
  [['chrome', 'google chrome'], ['com.android.chrome']],
  [['firefox'], ['org.mozilla.firefox', 'org.mozilla.firefox_beta', 'org.mozilla.fenix']],
  [['edge', 'microsoft edge'], ['com.microsoft.emmx']],
  [['brave'], ['com.brave.browser']],
  [['duckduckgo'], ['com.duckduckgo.mobile.android']],
  [['google', 'google search'], ['com.google.android.googlequicksearchbox']],
  [['google maps', '谷歌地图'], ['com.google.android.apps.maps']],
  [['gaode', 'gaode maps', 'amap', '高德地图', '高德'], ['com.autonavi.minimap']],
  [['baidu maps', '百度地图'], ['com.baidu.BaiduMap']],
  [['waze'], ['com.waze']],
  [['gmail', 'google mail'], ['com.google.android.gm']],
  [['outlook'], ['com.microsoft.office.outlook']],
  [['youtube', '油管'], ['com.google.android.youtube']],
  [['youtube music'], ['com.google.android.apps.youtube.music']],
  [['drive', 'google drive'], ['com.google.android.apps.docs']],
  [['docs', 'google docs'], ['com.google.android.apps.docs.editors.docs']],
  [['sheets', 'google sheets'], ['com.google.android.apps.docs.editors.sheets']],
  [['keep', 'google keep'], ['com.google.android.keep']],
  [['translate', 'google translate'], ['com.google.android.apps.translate']],
  [['gemini', 'google gemini'], ['com.google.android.apps.bard']],
  [['home', 'google home'], ['com.google.android.apps.chromecast.app']],
  [['home assistant'], ['io.homeassistant.companion.android']],
  [['fit', 'google fit'], ['com.google.android.apps.fitness']],
  [['wallet', 'google wallet', 'google pay'], ['com.google.android.apps.walletnfcrel']],
  [
    ['meet', 'google meet'],
    ['com.google.android.apps.tachyon', 'com.google.android.apps.meetings'],
  ],
  [['spotify'], ['com.spotify.music']],
  [['netflix'], ['com.netflix.mediaclient']],
  [['prime video', 'amazon prime video'], ['com.amazon.avod.thirdpartyclient']],
  [['disney plus', 'disney+'], ['com.disney.disneyplus']],
  [['twitch'], ['tv.twitch.android.app']],
  [['soundcloud'], ['com.soundcloud.android']],
  [['audible'], ['com.audible.application']],
  [['shazam'], ['com.shazam.android']],
  [['vlc'], ['org.videolan.vlc']],
  [['podcasts', 'pocket casts'], ['au.com.shiftyjelly.pocketcasts']],
  [['netease music', 'netease cloud music', '网易云音乐', '网易云'], ['com.netease.cloudmusic']],
  [['qq music', 'qq音乐'], ['com.tencent.qqmusic']],
  [['bilibili', '哔哩哔哩', 'b站'], ['tv.danmaku.bili']],
  [['iqiyi', '爱奇艺'], ['com.qiyi.video']],
  [['whatsapp', 'whats app'], ['com.whatsapp']],
  [['telegram'], ['org.telegram.messenger']],
  [['signal'], ['org.thoughtcrime.securesms']],
  [['messenger', 'facebook messenger'], ['com.facebook.orca']],
  [['facebook'], ['com.facebook.katana']],
  [['instagram', 'insta'], ['com.instagram.android']],
  [['threads'], ['com.instagram.barcelona']],
  [['twitter', 'x'], ['com.twitter.android']],
  [
    ['tiktok', 'tik tok'],
    ['com.zhiliaoapp.musically', 'com.ss.android.ugc.trill'],
  ],
  [['douyin', '抖音'], ['com.ss.android.ugc.aweme']],
  [['snapchat'], ['com.snapchat.android']],
  [['reddit'], ['com.reddit.frontpage']],
  [['pinterest'], ['com.pinterest']],
  [['linkedin'], ['com.linkedin.android']],
  [['discord'], ['com.discord']],
  [['slack'], ['com.Slack']],
  [['teams', 'microsoft teams'], ['com.microsoft.teams']],
  [['zoom'], ['us.zoom.videomeetings']],
  [['skype'], ['com.skype.raider']],
  [['wechat', 'weixin', '微信'], ['com.tencent.mm']],
  [['qq'], ['com.tencent.mobileqq']],
  [['weibo', '微博'], ['com.sina.weibo']],
  [['alipay', '支付宝'], ['com.eg.android.AlipayGphone']],
  [['taobao', '淘宝'], ['com.taobao.taobao']],
  [['jd', 'jingdong', '京东'], ['com.jingdong.app.mall']],
  [['meituan', '美团'], ['com.sankuai.meituan']],
  [['eleme', '饿了么'], ['me.ele']],
  [['didi', '滴滴', '滴滴出行'], ['com.sdu.didi.psnger']],
  [['xiaohongshu', 'red note', '小红书'], ['com.xingin.xhs']],
  [['zhihu', '知乎'], ['com.zhihu.android']],
  [['amazon', 'amazon shopping'], ['com.amazon.mShop.android.shopping']],
  [['ebay'], ['com.ebay.mobile']],
  [['uber'], ['com.ubercab']],
  [['uber eats'], ['com.ubercab.eats']],
  [['lyft'], ['me.lyft.android']],
  [['doordash', 'door dash'], ['com.dd.doordash']],
  [['airbnb'], ['com.airbnb.android']],
  [['booking', 'booking.com'], ['com.booking']],
  [['paypal'], ['com.paypal.android.p2pmobile']],
  [['duolingo'], ['com.duolingo']],
  [['strava'], ['com.strava']],
  [['kindle'], ['com.amazon.kindle']],
  [['notion'], ['notion.id']],
  [['todoist'], ['com.todoist']],
  [['evernote'], ['com.evernote']],
  [['dropbox'], ['com.dropbox.android']],
  [['onedrive'], ['com.microsoft.skydrive']],
  [['chatgpt', 'chat gpt'], ['com.openai.chatgpt']],
  [['google calendar'], ['com.google.android.calendar']],
  [['google photos'], ['com.google.android.apps.photos']],
  [['play store', 'google play', 'google play store'], ['com.android.vending']],
  [['samsung internet'], ['com.sec.android.app.sbrowser']],
  [['samsung notes'], ['com.samsung.android.app.notes']],
  [['whatsapp business'], ['com.whatsapp.w4b']],
  [['telegram x'], ['org.thunderdog.challegram']],
  [['instacart'], ['com.instacart.client']],
];

/** What a said name may stand for. */
export interface KnownApp {
  /** Most usual first. */
  readonly packages: readonly string[];
  /** The name is a product's own: no other app is meant by it. */
  readonly isProduct: boolean;
}

const named = (apps: AppNames, isProduct: boolean) =>
  apps.flatMap(([names, packages]) => names.map((name) => [name, { packages, isProduct }] as const));

const byName: ReadonlyMap<string, KnownApp> = new Map([...named(kinds, false), ...named(products, true)]);

/** The app that a name (in small letters) stands for, or null for a name that is not known. */
export function knownApp(name: string): KnownApp | null {
  return byName.get(name) ?? null;
}

/** What people call a package, products' own names first; empty for one that is not known. */
export function namesOf(packageName: string): readonly string[] {
  return [...products, ...kinds].flatMap(([names, packages]) => (packages.includes(packageName) ? names : []));
}
