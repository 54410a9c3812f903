/**
 * Names that people say for apps, with the packages that makers ship under them, most usual first. Android's shell shows
 * packages and no labels, so the names are kept here; an app that is not listed is found by the words in its package name.
 */
const knownApps: readonly (readonly [names: readonly string[], packages: readonly string[]])[] = [
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
    ['calendar', 'google calendar', '日历'],
    ['com.google.android.calendar', 'com.android.calendar', 'com.samsung.android.calendar'],
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
    ['chrome', 'google chrome', 'browser', 'web browser', '浏览器'],
    [
      'com.android.chrome',
      'org.mozilla.firefox',
      'com.sec.android.app.sbrowser',
      'com.android.browser',
      'com.mi.globalbrowser',
    ],
  ],
  [['firefox'], ['org.mozilla.firefox', 'org.mozilla.fenix', 'org.mozilla.firefox_beta']],
  [['edge', 'microsoft edge'], ['com.microsoft.emmx']],
  [['brave'], ['com.brave.browser']],
  [['duckduckgo'], ['com.duckduckgo.mobile.android']],
  [['google', 'google search'], ['com.google.android.googlequicksearchbox']],
  [['maps', 'google maps', '地图', '谷歌地图'], ['com.google.android.apps.maps']],
  [['gaode', 'gaode maps', 'amap', '高德地图', '高德'], ['com.autonavi.minimap']],
  [['baidu maps', '百度地图'], ['com.baidu.BaiduMap']],
  [['waze'], ['com.waze']],
  [['gmail', 'google mail'], ['com.google.android.gm']],
  [
    ['mail', 'email', 'e-mail', '邮件', '邮箱'],
    [
      'com.google.android.gm',
      'com.microsoft.office.outlook',
      'com.samsung.android.email.provider',
      'com.android.email',
    ],
  ],
  [['outlook'], ['com.microsoft.office.outlook']],
  [['youtube', '油管'], ['com.google.android.youtube']],
  [['youtube music'], ['com.google.android.apps.youtube.music']],
  [
    ['photos', 'google photos', 'gallery', '相册', '图库', '照片'],
    [
      'com.google.android.apps.photos',
      'com.sec.android.gallery3d',
      'com.miui.gallery',
      'com.android.gallery3d',
      'com.coloros.gallery3d',
    ],
  ],
  [
    ['play store', 'google play', 'app store', '应用商店'],
    ['com.android.vending', 'com.xiaomi.market', 'com.huawei.appmarket'],
  ],
  [['drive', 'google drive'], ['com.google.android.apps.docs']],
  [['docs', 'google docs'], ['com.google.android.apps.docs.editors.docs']],
  [['sheets', 'google sheets'], ['com.google.android.apps.docs.editors.sheets']],
  [['keep', 'google keep'], ['com.google.android.keep']],
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
  [
    ['recorder', 'voice recorder', '录音机', '录音'],
    ['com.google.android.apps.recorder', 'com.sec.android.app.voicenote', 'com.android.soundrecorder'],
  ],
  [
    ['weather', '天气'],
    ['com.google.android.apps.weather', 'com.sec.android.daemonapp', 'com.miui.weather2'],
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
  [
    ['whatsapp', 'whats app'],
    ['com.whatsapp', 'com.whatsapp.w4b'],
  ],
  [['telegram'], ['org.telegram.messenger', 'org.thunderdog.challegram']],
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
];

const byName: ReadonlyMap<string, readonly string[]> = new Map(
  knownApps.flatMap(([names, packages]) => names.map((name) => [name, packages] as const)),
);

/** The packages that a said name may stand for, most usual first; empty for a name that is not known. */
export function packagesOf(name: string): readonly string[] {
  return byName.get(name) ?? [];
}

/** The name under which a package is known, or null. */
export function nameOf(packageName: string): string | null {
  return knownApps.find(([, packages]) => packages.includes(packageName))?.[0][0] ?? null;
}
