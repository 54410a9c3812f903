import {
  asText,
  boolean,
  datetime,
  duration,
  type FunctionDescriptor,
  functionsOf,
  oneOf,
  optional,
  percent,
  photo,
  text,
  time,
} from './function-descriptor.js';

const phone = functionsOf('phone');

/** Android over ADB. The first fourteen keep the names and meaning of the Octopus v2 paper's Android set. */
export const phoneFunctions: readonly FunctionDescriptor[] = [
  phone('take_a_photo', [oneOf('camera', ['front', 'back'], { default: 'back' })], {
    title: 'Take a photo',
    risk: 'safe',
    repeat: 'once',
    result: 'photo',
  }),
  phone('get_trending_news', [text('query', optional)], {
    title: 'Get the news',
    risk: 'read',
    repeat: 'safe',
    result: 'text',
  }),
  phone('get_weather_forecast', [text('location', optional)], {
    title: 'Get the weather forecast',
    risk: 'read',
    repeat: 'safe',
    result: 'text',
  }),
  phone('send_email', [text('recipient'), text('title', optional), text('content', { accepts: asText })], {
    title: 'Send e-mail',
    risk: 'confirm',
    repeat: 'once',
  }),
  phone('search_youtube_videos', [text('query')], { title: 'Search YouTube', risk: 'safe', repeat: 'safe' }),
  phone(
    'find_route_google_maps',
    [
      text('destination', { accepts: ['place', 'text'] }),
      text('origin', optional),
      oneOf('mode', ['driving', 'walking', 'bicycling', 'transit'], optional),
    ],
    { title: 'Find a route', risk: 'safe', repeat: 'safe' },
  ),
  phone('send_text_message', [text('contact_name'), text('message', { accepts: asText })], {
    title: 'Send text message',
    risk: 'confirm',
    repeat: 'once',
  }),
  phone('make_phone_call', [text('recipient', { accepts: ['phone-number'] })], {
    title: 'Call',
    risk: 'confirm',
    repeat: 'once',
  }),
  phone('create_contact', [text('name'), text('phone_number')], { title: 'Add contact', risk: 'safe', repeat: 'once' }),
  phone('set_timer_alarm', [time('time'), text('label', optional)], {
    title: 'Set alarm',
    risk: 'safe',
    repeat: 'once',
  }),
  phone('change_screen_brightness', [percent('level')], {
    title: 'Set screen brightness',
    risk: 'safe',
    repeat: 'safe',
  }),
  phone('create_calendar_event', [text('title'), datetime('start_time'), datetime('end_time', optional)], {
    title: 'Add calendar event',
    risk: 'safe',
    repeat: 'once',
  }),
  phone('set_volume', [percent('level'), oneOf('volume_type', ['ring', 'media', 'alarm'], { default: 'media' })], {
    title: 'Set volume',
    risk: 'safe',
    repeat: 'safe',
  }),
  phone('connect_to_bluetooth_device', [text('device_name')], {
    title: 'Connect Bluetooth device',
    risk: 'safe',
    repeat: 'safe',
  }),
  phone('enable_do_not_disturb', [boolean('enabled')], { title: 'Do not disturb', risk: 'safe', repeat: 'safe' }),
  phone('start_timer', [duration('duration'), text('label', optional)], {
    title: 'Start timer',
    risk: 'safe',
    repeat: 'once',
  }),
  phone('open_app', [text('app_name')], { title: 'Open app', risk: 'safe', repeat: 'safe' }),
  phone('set_flashlight', [boolean('enabled')], { title: 'Flashlight', risk: 'safe', repeat: 'safe' }),
  phone('set_wifi', [boolean('enabled')], { title: 'Wi-Fi', risk: 'safe', repeat: 'safe' }),
  phone('set_bluetooth', [boolean('enabled')], { title: 'Bluetooth', risk: 'safe', repeat: 'safe' }),
  phone('media_control', [oneOf('action', ['play', 'pause', 'next', 'previous', 'stop'])], {
    title: 'Media control',
    risk: 'safe',
    repeat: 'once',
  }),
  phone('play_music', [text('query')], { title: 'Play music', risk: 'safe', repeat: 'safe' }),
  phone('web_search', [text('query')], { title: 'Search the web', risk: 'safe', repeat: 'safe' }),
  phone('search_amazon', [text('query')], { title: 'Search Amazon', risk: 'safe', repeat: 'safe' }),
  phone('order_food', [text('query')], { title: 'Look for food to order', risk: 'safe', repeat: 'safe' }),
  phone('order_groceries', [text('query')], { title: 'Look for groceries to order', risk: 'safe', repeat: 'safe' }),
  phone('get_battery_level', [], { title: 'Read battery level', risk: 'read', repeat: 'safe', result: 'percent' }),
  phone('take_screenshot', [], { title: 'Take screenshot', risk: 'read', repeat: 'safe', result: 'photo' }),
  phone('find_my_phone', [], { title: 'Ring the phone', risk: 'safe', repeat: 'safe' }),
  phone('read_messages', [text('contact_name', optional)], {
    title: 'Read messages',
    risk: 'read',
    repeat: 'safe',
    result: 'text',
  }),
  phone('get_contact', [text('name')], {
    title: 'Look up contact',
    risk: 'read',
    repeat: 'safe',
    result: 'phone-number',
  }),
  phone('get_current_location', [], { title: 'Read location', risk: 'read', repeat: 'safe', result: 'place' }),
  phone('send_photo', [text('contact_name'), photo('photo', { accepts: ['photo'] })], {
    title: 'Send photo',
    risk: 'confirm',
    repeat: 'once',
  }),
];
