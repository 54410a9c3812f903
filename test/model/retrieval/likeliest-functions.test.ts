import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/catalog.js';
import { keywords } from '../../../src/model/retrieval/keywords.js';
import { likeliestFunctions } from '../../../src/model/retrieval/likeliest-functions.js';

/** Sentences with the function they mean, written after the keywords, which were not changed for them. */
const asked: readonly (readonly [sentence: string, meant: string])[] = [
  ['grab a quick shot of the whiteboard with the rear lens', 'take_a_photo'],
  ["what's going on in the world today", 'get_trending_news'],
  ['will I need a raincoat in Bergen', 'get_weather_forecast'],
  ['drop Priya a mail with the minutes attached', 'send_email'],
  ['pull up sourdough tutorials on YouTube', 'search_youtube_videos'],
  ["what's the quickest way to walk to the harbour", 'find_route_google_maps'],
  ["let Jonas know I'm running ten minutes late", 'send_text_message'],
  ['give my grandmother a ring', 'make_phone_call'],
  ['put Mira in my address book, 0171 5550199', 'create_contact'],
  ['get me up at quarter to six', 'set_timer_alarm'],
  ['my display is blinding me, bring it down to twenty percent', 'change_screen_brightness'],
  ['pencil in lunch with Olga on Thursday at one', 'create_calendar_event'],
  ['ringer to thirty percent please', 'set_volume'],
  ['hook up my headphones', 'connect_to_bluetooth_device'],
  ['no interruptions for now', 'enable_do_not_disturb'],
  ['count down twelve minutes for the eggs', 'start_timer'],
  ['fire up the Signal app', 'open_app'],
  ['torch on', 'set_flashlight'],
  ['kill the wireless on my handset', 'set_wifi'],
  ['skip this track', 'media_control'],
  ['put on some Nina Simone', 'play_music'],
  ['look up who invented the zip', 'web_search'],
  ['see what a tripod costs on Amazon', 'search_amazon'],
  ["I'm starving, get me a burger delivered", 'order_food'],
  ['we are out of milk and eggs', 'order_groceries'],
  ['how much juice does my phone battery have', 'get_battery_level'],
  ['capture what is on my screen', 'take_screenshot'],
  ["I can't find my mobile, make it ring", 'find_my_phone'],
  ['any unread texts from Sam', 'read_messages'],
  ['whose place is at which coordinates right now, where am I', 'get_current_location'],
  ['share the selfie with Dad', 'send_photo'],
  ['dim the lamps in the study to a third', 'set_light'],
  ['make the house a bit warmer, 22 degrees', 'set_thermostat'],
  ['how cold is it in the nursery', 'get_temperature'],
  ['is the smoke alarm fine', 'check_smoke_detector'],
  ['has the dishwasher finished, what is its status', 'get_device_state'],
  ['play lo-fi beats on the kitchen speaker', 'play_music_on_speaker'],
  ['stick Planet Earth on the telly', 'play_video_on_tv'],
  ['bolt the back door', 'set_door_lock'],
  ['lower the blinds halfway', 'set_cover'],
  ['have the robot do the floors', 'control_vacuum'],
  ['turn the coffee machine plug on', 'set_switch'],
  ['movie night scene', 'activate_scene'],
  ['warm the passenger side of the car to 23', 'set_climate_temperature'],
  ['clear the fog off the windscreen', 'set_defroster'],
  ['toast my seat', 'set_seat_heating'],
  ['crack the rear left window open', 'control_window'],
  ['pop the boot', 'open_trunk'],
  ['make the car beep so I can find it', 'flash_and_honk'],
  ['stop filling up the car at eighty percent', 'set_charge_limit'],
  ['are the tyres alright', 'get_vehicle_status'],
  ['take me to the airport', 'navigate_to'],
  ['copy that address to the clipboard', 'set_clipboard'],
  ['lock my laptop', 'lock_screen'],
  ['发个短信给小李说我到楼下了', 'send_text_message'],
  ['帮我拨一下妈妈的电话', 'make_phone_call'],
  ['明早六点半叫醒我', 'set_timer_alarm'],
  ['后天上海会下雨吗', 'get_weather_forecast'],
  ['把客厅的灯关了', 'set_light'],
  ['倒计时十五分钟', 'start_timer'],
  ['屏幕太亮了，调暗一点', 'change_screen_brightness'],
  ['车里的座椅加热开到一半', 'set_seat_heating'],
  ['把车窗摇下来', 'control_window'],
  ['我的手机还剩多少电', 'get_battery_level'],
  ['卧室的窗帘拉开', 'set_cover'],
  ['让扫地机器人回去充电', 'control_vacuum'],
  ['导航去首都机场', 'navigate_to'],
  ['下一首', 'media_control'],
  ['电脑锁屏', 'lock_screen'],
  ['周五下午三点安排一个会议', 'create_calendar_event'],
  ['点一份麻辣烫外卖', 'order_food'],
  ['车的胎压正常吗', 'get_vehicle_status'],
];

/** The share of sentences whose function is among the first `count`. */
function recall(count: number): number {
  const found = asked.filter(([sentence, meant]) =>
    likeliestFunctions(sentence, count).some(({ name }) => name === meant),
  );
  return found.length / asked.length;
}

describe('likeliestFunctions', () => {
  it('has the meant function among the first eight for 97 % of the sentences', () => {
    const misses = asked.filter(
      ([sentence, meant]) => !likeliestFunctions(sentence, 8).some(({ name }) => name === meant),
    );
    expect(recall(8), JSON.stringify(misses)).toBeGreaterThanOrEqual(0.97);
  });

  it('has it first for 80 %', () => {
    expect(recall(1)).toBeGreaterThanOrEqual(0.8);
  });

  it('chooses from the offered functions only and gives as many as were asked for', () => {
    const names = likeliestFunctions('text Anna', 2, ['set_wifi', 'send_text_message', 'set_light']).map((f) => f.name);
    expect(names).toHaveLength(2);
    expect(names[0]).toBe('send_text_message');
    expect(likeliestFunctions('xyzzy', 8)).toHaveLength(8);
    expect(likeliestFunctions('', 500)).toHaveLength(catalog.length);
  });

  it('has keywords for every function and for nothing else', () => {
    expect(Object.keys(keywords).sort()).toEqual(catalog.map(({ name }) => name).sort());
  });
});
