import {
  boolean,
  celsius,
  type FunctionDescriptor,
  functionsOf,
  oneOf,
  optional,
  percent,
  text,
} from './function-descriptor.js';

const home = functionsOf('home');

/** Matter, MQTT discovery, Home Assistant, the native protocol. */
export const homeFunctions: readonly FunctionDescriptor[] = [
  home(
    'set_light',
    [text('room', optional), boolean('power', optional), percent('brightness', optional), text('color', optional)],
    {
      title: 'Lights',
      risk: 'safe',
      repeat: 'safe',
      needsOneOf: ['power', 'brightness', 'color'],
    },
  ),
  home('set_thermostat', [celsius('temperature'), text('room', optional)], {
    title: 'Set heating',
    risk: 'safe',
    repeat: 'safe',
  }),
  home('get_temperature', [text('room', optional)], {
    title: 'Read temperature',
    risk: 'read',
    repeat: 'safe',
    result: 'number',
  }),
  home('check_smoke_detector', [], { title: 'Check smoke detector', risk: 'read', repeat: 'safe', result: 'text' }),
  home('get_device_state', [text('name')], { title: 'Read state', risk: 'read', repeat: 'safe', result: 'text' }),
  home('play_music_on_speaker', [text('name'), text('service', optional), text('room', optional)], {
    title: 'Play on speaker',
    risk: 'safe',
    repeat: 'safe',
  }),
  home('play_video_on_tv', [text('name'), text('service', optional)], {
    title: 'Play on TV',
    risk: 'safe',
    repeat: 'safe',
  }),
  home('set_tv_power', [boolean('power')], { title: 'TV', risk: 'safe', repeat: 'safe' }),
  home('set_door_lock', [boolean('locked'), text('door', optional)], {
    title: 'Door lock',
    risk: (args) => (args.locked === true ? 'safe' : 'confirm'),
    repeat: 'safe',
  }),
  home(
    'set_cover',
    [percent('position'), text('room', optional), oneOf('kind', ['blinds', 'curtain', 'garage'], optional)],
    {
      title: 'Blinds and covers',
      risk: (args) => (args.kind === 'garage' && args.position !== 0 ? 'confirm' : 'safe'),
      repeat: 'safe',
    },
  ),
  home('control_vacuum', [oneOf('action', ['start', 'stop', 'dock'])], {
    title: 'Vacuum',
    risk: 'safe',
    repeat: 'once',
  }),
  home('set_switch', [text('name'), boolean('power')], { title: 'Switch', risk: 'safe', repeat: 'safe' }),
  home('set_fan', [boolean('power', optional), percent('speed', optional), text('room', optional)], {
    title: 'Fan',
    risk: 'safe',
    repeat: 'safe',
    needsOneOf: ['power', 'speed'],
  }),
  home('activate_scene', [text('name')], { title: 'Scene', risk: 'safe', repeat: 'safe' }),
];
