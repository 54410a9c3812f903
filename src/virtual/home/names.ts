/** The language of the names and areas in a home. */
export type RoomLanguage = 'en' | 'zh';

interface Named {
  readonly name: string;
  readonly area: string | null;
}

const areas = {
  living: { en: 'Living Room', zh: '客厅' },
  bedroom: { en: 'Bedroom', zh: '卧室' },
  kitchen: { en: 'Kitchen', zh: '厨房' },
  hallway: { en: 'Hallway', zh: '走廊' },
  garage: { en: 'Garage', zh: '车库' },
} as const;

type AreaKey = keyof typeof areas;

/** Key, area, English name, Chinese name. */
const table = {
  living_room_ceiling_light: ['living', 'Living Room Ceiling Light', '客厅吸顶灯'],
  bedroom_light: ['bedroom', 'Bedroom Light', '卧室灯'],
  kitchen_light: ['kitchen', 'Kitchen Light', '厨房灯'],
  hallway_light: ['hallway', 'Hallway Light', '走廊灯'],
  thermostat: ['living', 'Thermostat', '恒温器'],
  front_door_lock: ['hallway', 'Front Door', '前门'],
  back_door_lock: ['kitchen', 'Back Door', '后门'],
  living_room_blinds: ['living', 'Living Room Blinds', '客厅百叶窗'],
  bedroom_curtain: ['bedroom', 'Bedroom Curtain', '卧室窗帘'],
  garage_door: ['garage', 'Garage Door', '车库门'],
  vacuum: ['living', 'Robot Vacuum', '扫地机器人'],
  ceiling_fan: ['bedroom', 'Ceiling Fan', '吊扇'],
  living_room_speaker: ['living', 'Living Room Speaker', '客厅音箱'],
  living_room_tv: ['living', 'Living Room TV', '客厅电视'],
  coffee_maker: ['kitchen', 'Coffee Maker', '咖啡机'],
  heater: ['bedroom', 'Heater', '取暖器'],
  smoke_detector: ['hallway', 'Smoke Detector', '烟雾报警器'],
  living_room_sensor: ['living', 'Living Room Sensor', '客厅传感器'],
  bedroom_sensor: ['bedroom', 'Bedroom Thermometer', '卧室温度计'],
  kitchen_sensor: ['kitchen', 'Kitchen Sensor', '厨房传感器'],
  front_door_contact: ['hallway', 'Front Door Contact', '前门门磁'],
  scenes: [null, 'Scenes', '场景'],
} as const satisfies Record<string, readonly [AreaKey | null, string, string]>;

export type ThingKey = keyof typeof table;
const isThingKey = (key: string): key is ThingKey => Object.hasOwn(table, key);
export const thingKeys: readonly ThingKey[] = Object.keys(table).filter(isThingKey);

const sceneNames = {
  movie_night: { en: 'Movie Night', zh: '观影模式' },
  good_night: { en: 'Good Night', zh: '晚安' },
} as const;

export function nameOf(key: ThingKey, language: RoomLanguage): Named {
  const [area, en, zh] = table[key];
  return { name: language === 'zh' ? zh : en, area: area === null ? null : areas[area][language] };
}

export function sceneName(key: keyof typeof sceneNames, language: RoomLanguage): string {
  return sceneNames[key][language];
}
