import { become, invalid, numberIn, type Service, textIn } from './service.js';

const play: Service = {
  needs: 512,
  handle: (call) => {
    const content = textIn(call.data, 'media_content_id');
    const type = textIn(call.data, 'media_content_type');
    if (content === null || type === null) return invalid('required key not provided');
    const title = content.replace(/^.*[/:]/, '');
    return become(call, 'playing', { media_content_id: content, media_content_type: type, media_title: title });
  },
};

/** Finds whatever is asked for: the title asked for itself, and something else before it. */
const search: Service = {
  needs: 4_194_304,
  responds: true,
  handle: (call) => {
    const query = textIn(call.data, 'search_query') ?? '';
    const one = (title: string) => ({
      title,
      media_class: 'track',
      media_content_type: 'track',
      media_content_id: `library://track/${title}`,
      can_play: true,
      can_expand: false,
      thumbnail: null,
    });
    const result = query.includes('nowhere') ? [] : [one(`Best of ${query}`), one(query)];
    return { response: { version: 1, result } };
  },
};

export const playerServices: Readonly<Record<string, Service>> = {
  turn_on: { needs: 128, handle: (call) => become(call, 'on') },
  turn_off: {
    needs: 256,
    handle: (call) => become(call, 'off', { media_title: undefined, media_content_id: undefined }),
  },
  play_media: play,
  search_media: search,
  select_source: {
    needs: 2_048,
    handle: (call) => become(call, call.entity.state, { source: textIn(call.data, 'source') }),
  },
  volume_set: {
    needs: 4,
    handle: (call) => become(call, call.entity.state, { volume_level: numberIn(call.data, 'volume_level') }),
  },
};

/** Music Assistant's own: it finds what a name means, and its players alone take it. */
export const musicAssistantServices: Readonly<Record<string, Service>> = {
  play_media: {
    handle: (call) => {
      const id = textIn(call.data, 'media_id');
      if (id === null) return invalid('required key not provided @ data["media_id"]');
      return become(call, 'playing', { media_title: `${id} (first track)`, media_content_id: `library://track/${id}` });
    },
  },
};
