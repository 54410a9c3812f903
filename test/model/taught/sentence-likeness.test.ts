import { describe, expect, it } from 'vitest';
import { likeness } from '../../../src/model/taught/sentence-likeness.js';

describe('likeness of sentences', () => {
  it.each([
    ['movie time', 'Movie time!', 'exact'],
    ['movie time', 'movie time please', 'near'],
    ['movie time', 'hey, movie time', 'near'],
    ['start the cinema', 'start the cinmea', 'near'],
    ['start the cinema', 'start the cinem', 'near'],
    ['我要看电影', '我要看电影。', 'exact'],
    ['start the cinema', 'could you start cinema for me please', 'near'],
    ['我要看电影', '请帮我看电影', null],
    // What looks polite may be meant.
    ['call will', 'call', null],
    ['call will', 'call could', null],
    ['play so', 'play', null],
    ['导航去酒吧', '导航去酒', null],
    ['去酒吧那条街', '去酒那条街', null],
    ['打开影院', '请打开影院吧', 'near'],
    // Opposites are never near.
    ['turn the tv on', 'turn the tv off', null],
    ['lock the den', 'unlock the den', null],
    ['打开影院', '关闭影院', null],
    ['开灯', '关灯', null],
    // Numbers and short words must agree.
    ['wake me at 7', 'wake me at 8', null],
    ['call 5551234', 'call 5551235', null],
    ['text Sam', 'text Pam', null],
    ['movie time', 'movie time in the kitchen', null],
    ['please', 'thanks', null],
    ['', '', null],
  ])('%s / %s: %s', (known, sentence, match) => expect(likeness(known, sentence)).toBe(match));
});
