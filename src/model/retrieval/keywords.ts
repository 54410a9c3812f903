/**
 * Words by which people ask for a function, besides its name, title, parameters and values. They are hints for ranking:
 * a missing one costs a place in the ranking and never a call.
 */
export const keywords: Readonly<Record<string, string>> = {
  // Phone
  take_a_photo: 'photo picture selfie snap shoot camera pic portrait 拍照 拍张照片 自拍 照相 相机 拍一张',
  get_trending_news: 'news headlines happening trending today world latest stories 新闻 头条 热点 时事',
  get_weather_forecast:
    'weather rain sunny umbrella forecast snow cold hot outside jacket 天气 下雨 下雪 预报 带伞 气温',
  send_email: 'email mail e-mail write inbox subject 邮件 电子邮件 发邮件 邮箱',
  search_youtube_videos: 'youtube video videos watch clip tutorial 视频 油管 搜视频 看视频',
  find_route_google_maps:
    'route directions way get to how drive walk bike bus map maps 路线 怎么去 怎么走 地图 到 导航路线',
  send_text_message: 'text message sms tell write let know say saying 短信 发短信 发消息 告诉 信息 说一声 发条',
  make_phone_call: 'call phone ring dial speak talk 打电话 拨打 呼叫 电话 打给 拨',
  create_contact: 'contact save number add address book new 联系人 保存号码 添加联系人 存 通讯录 号码',
  set_timer_alarm: 'alarm wake up wake-up morning 闹钟 叫醒 叫我 起床 定个闹钟',
  change_screen_brightness: 'brightness screen bright dim display darker brighter 亮度 屏幕 调亮 调暗 屏幕亮度',
  create_calendar_event:
    'calendar appointment meeting schedule event dentist lunch dinner 日历 日程 会议 预约 安排 约会 开会',
  set_volume: 'volume loud quiet sound ringer louder quieter mute 音量 声音 铃声 大声 小声 静音 媒体',
  connect_to_bluetooth_device: 'bluetooth connect pair headphones earbuds headset 蓝牙 连接 耳机 配对 连上',
  enable_do_not_disturb: 'dnd disturb silence notifications quiet interruptions 勿扰 免打扰 请勿打扰 打扰',
  start_timer: 'timer countdown minutes seconds hour count down 计时器 倒计时 计时 分钟 小时',
  open_app: 'open launch start app application 打开 启动 应用 软件 微信',
  set_flashlight: 'flashlight torch light 手电筒 手电 电筒',
  set_wifi: 'wifi wi-fi wireless internet network 无线 网络 无线网 上网',
  set_bluetooth: 'bluetooth turn switch on off 蓝牙 打开蓝牙 关闭蓝牙',
  media_control:
    'pause resume skip next previous track song playback stop play 暂停 下一首 上一首 继续播放 播放 切歌 停止播放',
  play_music: 'play music song album artist listen hear jazz band spotify 播放 音乐 歌曲 听 歌 放一首 首歌',
  web_search: 'search google look up find out internet web who what 搜索 查一下 谷歌 百度 搜一下 查查 网上',
  search_amazon: 'amazon buy shop shopping purchase price 亚马逊 购物 买',
  order_food: 'order food pizza delivery hungry dinner takeaway takeout burger sushi 外卖 点餐 点外卖 订餐 披萨 吃',
  order_groceries: 'groceries grocery milk eggs bread vegetables supermarket fruit 杂货 买菜 超市 牛奶 鸡蛋 食材 蔬菜',
  get_battery_level: 'battery charge left much percent power 电量 电池 剩余电量 多少电',
  take_screenshot: 'screenshot capture screen grab screencap 截屏 截图',
  find_my_phone: 'find lost phone ring where misplaced cant locate 找手机 手机在哪 我的手机 找不到',
  read_messages: 'read messages texts sms inbox unread new last 读短信 看短信 消息 念 读 未读',
  get_contact: 'number contact look up what phone whose 联系人 号码是多少 查号码 电话号码 号码',
  get_current_location: 'where am i location position gps here 我在哪 位置 当前位置 在哪里',
  send_photo: 'send photo picture share image selfie 发照片 发图片 分享照片 照片 发给',
  // Home
  set_light:
    'light lights lamp lamps bulb turn dim brighten bedroom kitchen living dark 灯 开灯 关灯 灯光 客厅 卧室 台灯 厨房',
  set_thermostat:
    'thermostat heating heat warmer cooler degrees temperature house room 暖气 恒温器 供暖 温度 调到 度 室温',
  get_temperature: 'temperature how warm cold room inside indoors degrees 多少度 室内温度 几度 温度是多少',
  check_smoke_detector: 'smoke detector alarm fire nest 烟雾 报警器 烟雾探测器 烟感',
  get_device_state:
    'state status is check whether on running washing machine dishwasher 状态 是否 开着吗 洗衣机 关了吗 还开着',
  play_music_on_speaker: 'speaker speakers play music song kitchen sonos nest hub 音箱 音响 播放 音乐 用音箱',
  play_video_on_tv: 'tv television netflix watch movie show film series video play 电视 电影 在电视上 播放 看 剧',
  set_tv_power: 'tv television turn on off switch telly 电视 开电视 关电视 打开电视',
  set_door_lock: 'door lock unlock front back house 门 锁门 开门 门锁 大门 前门 锁上',
  set_cover:
    'blinds curtain curtains shutter shutters shades garage roller open close 窗帘 百叶窗 车库门 卷帘 拉上 拉开',
  control_vacuum: 'vacuum robot hoover clean cleaning floor roomba dock 扫地机器人 吸尘器 扫地 打扫 清扫',
  set_switch: 'switch plug socket outlet turn coffee machine heater kettle 插座 开关 咖啡机 加热器 打开 插头',
  set_fan: 'fan ceiling ventilator speed 风扇 电扇 吊扇 电风扇',
  activate_scene: 'scene mode activate movie night good bedtime 场景 模式 电影模式 睡眠模式 启动模式',
  // Car
  set_climate_temperature:
    'car temperature degrees warm cool cabin climate driver passenger side 车内温度 空调温度 车里 度 副驾',
  set_climate_power: 'car climate air conditioning ac aircon a/c cooling 空调 车载空调 冷气 打开空调',
  set_fan_speed: 'car fan blower speed air 风速 风量 车里风扇 鼓风机',
  set_defroster: 'defrost defroster defog windshield windscreen demist rear 除霜 除雾 挡风玻璃 后窗',
  set_seat_heating: 'seat heating heater heated warm bum 座椅加热 座椅 加热',
  adjust_seat_position:
    'seat move forward back backward position closer up down 座椅 前移 后移 调整座椅 往前 往后 座位',
  control_window: 'car window windows roll open close crack down 车窗 窗户 摇下 关窗 开窗 升起',
  operate_sunroof: 'sunroof roof moonroof tilt open close 天窗 车顶',
  set_car_lock: 'car lock unlock doors vehicle 锁车 车锁 解锁 车门 锁上车',
  open_trunk: 'trunk boot tailgate hatch open 后备箱 尾门 行李箱',
  set_headlights: 'headlights headlight beam lights car low high 大灯 车灯 远光 近光 前灯',
  set_ambient_light: 'ambient light interior color colour mood car 氛围灯 车内灯 颜色',
  flash_and_honk: 'flash honk horn beep car find parked 鸣笛 闪灯 按喇叭 喇叭',
  set_charging: 'charging charge start stop car plug ev 充电 开始充电 停止充电',
  set_charge_limit: 'charge limit battery percent car ev maximum cap 充电上限 充电限制 充到 上限',
  get_vehicle_status:
    'car range battery tire tyre pressure mileage odometer status far miles doors 续航 胎压 里程 车况 车的 还能开',
  navigate_to: 'navigate navigation take drive go destination home office 导航 导航到 带我去 开到 回家',
  adjust_volume: 'car volume stereo radio louder quieter 车载音量 车里 音量 声音',
  set_wipers: 'wipers wiper windshield windscreen rain 雨刮 雨刷 雨刮器',
  // Computer
  open_url: 'website page site browser url open go web address link 网页 网站 网址 浏览器 打开网页 链接',
  open_application: 'open launch start program application computer pc laptop desktop 电脑 程序 打开 软件 应用程序',
  set_clipboard: 'clipboard copy paste 剪贴板 复制',
  show_notification: 'notification notify remind show popup desktop alert 通知 提醒 弹出 提示',
  lock_screen: 'lock screen computer pc laptop desktop 锁屏 锁定 电脑 锁定屏幕',
  set_system_volume: 'computer volume pc laptop sound system speakers 电脑音量 电脑 音量 系统音量',
};
