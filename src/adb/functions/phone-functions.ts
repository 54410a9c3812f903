import type { PhoneFunction } from '../carry-out.js';
import type { PhoneFacts } from '../probe/phone-facts.js';
import { connectToBluetoothDevice } from './bluetooth.js';
import { createCalendarEvent } from './calendar.js';
import { makePhoneCall } from './calls.js';
import { setTimerAlarm, startTimer } from './clock.js';
import { createContact, getContact } from './contacts.js';
import { getBatteryLevel, getCurrentLocation } from './device-facts.js';
import { sendEmail } from './email.js';
import { findMyPhone } from './find-my-phone.js';
import { setFlashlight } from './flashlight.js';
import { mediaControl, playMusic } from './media.js';
import { readMessages, sendTextMessage } from './messages.js';
import { openApp } from './open-app.js';
import {
  findRouteGoogleMaps,
  orderFood,
  orderGroceries,
  searchAmazon,
  searchYoutubeVideos,
  webSearch,
} from './pages.js';
import { takeAPhoto, takeScreenshot } from './pictures.js';
import { getTrendingNews, getWeatherForecast } from './public-pages.js';
import { sendPhoto } from './send-photo.js';
import { changeScreenBrightness, enableDoNotDisturb, setBluetooth, setVolume, setWifi } from './settings.js';

interface Offer {
  readonly run: PhoneFunction;
  /** The oldest Android (API level) whose shell can do it. */
  readonly sinceApi: number;
}

/** Android 7, the first with the shell protocol that reports how a command ended. */
const OLDEST = 24;

const quiet = (run: PhoneFunction, sinceApi = OLDEST): Offer => ({ run, sinceApi });

/** It works the screen, one call after the other: two at once would tap into each other's apps. */
const onScreen = (run: PhoneFunction, sinceApi = OLDEST): Offer => {
  return { run: (call) => call.withScreen(() => run(call)), sinceApi };
};

/** What phones can do, by the catalogue's names. */
export const phoneFunctions: ReadonlyMap<string, Offer> = new Map([
  ['take_a_photo', onScreen(takeAPhoto)],
  ['get_trending_news', quiet(getTrendingNews)],
  ['get_weather_forecast', quiet(getWeatherForecast)],
  ['send_email', onScreen(sendEmail)],
  ['search_youtube_videos', onScreen(searchYoutubeVideos)],
  ['find_route_google_maps', onScreen(findRouteGoogleMaps)],
  ['send_text_message', onScreen(sendTextMessage)],
  ['make_phone_call', onScreen(makePhoneCall)],
  ['create_contact', quiet(createContact)],
  ['set_timer_alarm', onScreen(setTimerAlarm)],
  ['change_screen_brightness', quiet(changeScreenBrightness)],
  ['create_calendar_event', onScreen(createCalendarEvent)],
  ['set_volume', quiet(setVolume)],
  ['connect_to_bluetooth_device', onScreen(connectToBluetoothDevice)],
  // `cmd notification` came with Android 9.
  ['enable_do_not_disturb', quiet(enableDoNotDisturb, 28)],
  ['start_timer', onScreen(startTimer)],
  ['open_app', onScreen(openApp)],
  ['set_flashlight', onScreen(setFlashlight)],
  ['set_wifi', quiet(setWifi)],
  ['set_bluetooth', quiet(setBluetooth)],
  ['media_control', quiet(mediaControl)],
  ['play_music', onScreen(playMusic)],
  ['web_search', onScreen(webSearch)],
  ['search_amazon', onScreen(searchAmazon)],
  ['order_food', onScreen(orderFood)],
  ['order_groceries', onScreen(orderGroceries)],
  ['get_battery_level', quiet(getBatteryLevel)],
  ['take_screenshot', onScreen(takeScreenshot)],
  ['find_my_phone', onScreen(findMyPhone)],
  ['read_messages', quiet(readMessages)],
  ['get_contact', quiet(getContact)],
  ['get_current_location', quiet(getCurrentLocation)],
  ['send_photo', onScreen(sendPhoto)],
]);

/** The functions that this very phone can carry out. */
export function offeredFunctions(facts: PhoneFacts): readonly string[] {
  return [...phoneFunctions].flatMap(([name, { sinceApi }]) => (facts.apiLevel >= sinceApi ? [name] : []));
}
