/** Rooms as people name them, for devices that say no area but carry one in their name. */
const ENGLISH = `living room, family room, sitting room, lounge, kitchen, dining room, master bedroom, guest bedroom, bedroom,
  kids room, kids' room, children's room, childrens room, nursery, guest room, bathroom, en suite, ensuite, toilet, powder room,
  office, home office, study, library, hallway, hall, corridor, entrance, entry, foyer, porch, stairs, staircase, landing, attic, loft,
  basement, cellar, garage, carport, laundry room, laundry, utility room, pantry, closet, wardrobe, gym, game room, playroom, media room,
  workshop, shed, garden, yard, backyard, front yard, patio, terrace, balcony, deck, driveway, pool, upstairs, downstairs`;
const CHINESE = `客厅, 主卧, 次卧, 卧室, 厨房, 书房, 餐厅, 卫生间, 洗手间, 浴室, 厕所, 主卫, 次卫, 阳台, 走廊, 过道, 玄关, 门厅, 儿童房, 客房, 老人房,
  车库, 地下室, 阁楼, 衣帽间, 储物间, 洗衣房, 院子, 花园, 门口, 楼上, 楼下, 一楼, 二楼, 三楼, 楼梯, 办公室, 会议室, 影音室, 健身房, 茶室, 露台, 玩具房,
  工作间, 琴房, 大厅`;

/** Longest first: "master bedroom" before "bedroom". */
const ROOMS: readonly string[] = [ENGLISH, CHINESE]
  .flatMap((words) => words.split(',').map((word) => word.trim().replace(/\s+/g, ' ')))
  .toSorted((a, b) => b.length - a.length);

/** The room word that leads a name ("Living room light" -> "living room"), or null; the name may not be the room alone. */
export function roomInName(name: string): string | null {
  const plain = name
    .toLowerCase()
    .replace(/[_\s]+/g, ' ')
    .trim();
  const room = ROOMS.find((word) => plain.startsWith(word) && isWordEnd(plain.slice(word.length), word));
  return room === undefined || room === plain ? null : room;
}

/** Chinese words end anywhere, others where no letter or digit follows. */
function isWordEnd(rest: string, word: string): boolean {
  return /\p{Script=Han}$/u.test(word) || !/^[\p{L}\p{N}]/u.test(rest);
}
