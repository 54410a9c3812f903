/** The named colours of CSS Color Module Level 4, as six hexadecimal digits (RRGGBB, sRGB). */
const css = `
  aliceblue f0f8ff, antiquewhite faebd7, aqua 00ffff, aquamarine 7fffd4, azure f0ffff, beige f5f5dc, bisque ffe4c4,
  black 000000, blanchedalmond ffebcd, blue 0000ff, blueviolet 8a2be2, brown a52a2a, burlywood deb887,
  cadetblue 5f9ea0, chartreuse 7fff00, chocolate d2691e, coral ff7f50, cornflowerblue 6495ed, cornsilk fff8dc,
  crimson dc143c, cyan 00ffff, darkblue 00008b, darkcyan 008b8b, darkgoldenrod b8860b, darkgray a9a9a9,
  darkgreen 006400, darkgrey a9a9a9, darkkhaki bdb76b, darkmagenta 8b008b, darkolivegreen 556b2f,
  darkorange ff8c00, darkorchid 9932cc, darkred 8b0000, darksalmon e9967a, darkseagreen 8fbc8f,
  darkslateblue 483d8b, darkslategray 2f4f4f, darkslategrey 2f4f4f, darkturquoise 00ced1, darkviolet 9400d3,
  deeppink ff1493, deepskyblue 00bfff, dimgray 696969, dimgrey 696969, dodgerblue 1e90ff, firebrick b22222,
  floralwhite fffaf0, forestgreen 228b22, fuchsia ff00ff, gainsboro dcdcdc, ghostwhite f8f8ff, gold ffd700,
  goldenrod daa520, gray 808080, green 008000, greenyellow adff2f, grey 808080, honeydew f0fff0, hotpink ff69b4,
  indianred cd5c5c, indigo 4b0082, ivory fffff0, khaki f0e68c, lavender e6e6fa, lavenderblush fff0f5,
  lawngreen 7cfc00, lemonchiffon fffacd, lightblue add8e6, lightcoral f08080, lightcyan e0ffff,
  lightgoldenrodyellow fafad2, lightgray d3d3d3, lightgreen 90ee90, lightgrey d3d3d3, lightpink ffb6c1,
  lightsalmon ffa07a, lightseagreen 20b2aa, lightskyblue 87cefa, lightslategray 778899, lightslategrey 778899,
  lightsteelblue b0c4de, lightyellow ffffe0, lime 00ff00, limegreen 32cd32, linen faf0e6, magenta ff00ff,
  maroon 800000, mediumaquamarine 66cdaa, mediumblue 0000cd, mediumorchid ba55d3, mediumpurple 9370db,
  mediumseagreen 3cb371, mediumslateblue 7b68ee, mediumspringgreen 00fa9a, mediumturquoise 48d1cc,
  mediumvioletred c71585, midnightblue 191970, mintcream f5fffa, mistyrose ffe4e1, moccasin ffe4b5,
  navajowhite ffdead, navy 000080, oldlace fdf5e6, olive 808000, olivedrab 6b8e23, orange ffa500, orangered ff4500,
  orchid da70d6, palegoldenrod eee8aa, palegreen 98fb98, paleturquoise afeeee, palevioletred db7093,
  papayawhip ffefd5, peachpuff ffdab9, peru cd853f, pink ffc0cb, plum dda0dd, powderblue b0e0e6, purple 800080,
  rebeccapurple 663399, red ff0000, rosybrown bc8f8f, royalblue 4169e1, saddlebrown 8b4513, salmon fa8072,
  sandybrown f4a460, seagreen 2e8b57, seashell fff5ee, sienna a0522d, silver c0c0c0, skyblue 87ceeb,
  slateblue 6a5acd, slategray 708090, slategrey 708090, snow fffafa, springgreen 00ff7f, steelblue 4682b4,
  tan d2b48c, teal 008080, thistle d8bfd8, tomato ff6347, turquoise 40e0d0, violet ee82ee, wheat f5deb3,
  white ffffff, whitesmoke f5f5f5, yellow ffff00, yellowgreen 9acd32
`;

/** Names that people say and CSS lacks. */
const everyday = `
  amber ffbf00, apricot fbceb1, aqua blue 00ffff, baby blue 89cff0, bronze cd7f32, burgundy 800020, champagne f7e7ce, cherry de3163,
  copper b87333, cream fffdd0, emerald 50c878, jade 00a86b, lake blue 2a52be, lemon fff44f, lilac c8a2c8, mauve e0b0ff, mint 98ff98,
  mint green 98ff98, mustard ffdb58, ocean blue 0077be, peach ffdab9, petrol 005f6a, rose ff007f, rose red c21e56, ruby e0115f,
  sapphire 0f52ba, scarlet ff2400, sea blue 006994, sunset ff7e5f, ultramarine 3f00ff, wine 722f37, wine red 722f37, cool blue 99ccff
`;

const chinese = `
  红 ff0000, 大红 ff0000, 深红 8b0000, 酒红 722f37, 玫红 ff007f, 玫瑰红 ff007f, 玫瑰 ff007f, 粉红 ffc0cb, 粉 ffc0cb, 桃红 ff69b4, 桃 ffdab9,
  珊瑚 ff7f50, 橙 ffa500, 橘 ffa500, 橘红 ff4500, 橙红 ff4500, 黄 ffff00, 金 ffd700, 金黄 ffd700, 米黄 f5f5dc, 米 f5f5dc, 琥珀 ffbf00,
  柠檬黄 fff44f, 香槟 f7e7ce, 绿 008000, 草绿 7cfc00, 翠绿 50c878, 墨绿 006400, 薄荷绿 98ff98, 薄荷 98ff98, 橄榄绿 808000, 青 00ffff,
  青绿 40e0d0, 青柠 00ff00, 湖绿 20b2aa, 蓝 0000ff, 天蓝 87ceeb, 天空蓝 87ceeb, 海蓝 006994, 湖蓝 2a52be, 宝蓝 4169e1, 藏蓝 000080,
  藏青 000080, 蔚蓝 007fff, 冰蓝 99ccff, 靛 4b0082, 靛蓝 4b0082, 紫 800080, 紫罗兰 ee82ee, 薰衣草 e6e6fa, 紫红 ff00ff, 品红 ff00ff,
  洋红 ff00ff, 棕 a52a2a, 褐 a52a2a, 咖啡 6f4e37, 巧克力 d2691e, 灰 808080, 银 c0c0c0, 黑 000000
`;

/** Whites by their colour temperature in kelvin, for lamps that have no other colours. */
const whites = `
  white 5500, warm white 2700, warm 2700, warm yellow 2400, soft white 3000, candle light 2000, candlelight 2000, neutral white 4000, natural white 4000,
  cool white 6000, cold white 6500, cool 6000, cold 6500, daylight 5600, day light 5600, bright white 5500,
  白 5500, 暖白 2700, 暖 2700, 暖光 2700, 暖黄 2400, 烛光 2000, 自然白 4000, 自然光 4000, 中性 4000, 中性白 4000, 冷白 6500, 冷 6500, 冷光 6500,
  日光 5600, 正白 5500
`;

function entriesOf(table: string): [string, string][] {
  return table
    .trim()
    .split(/,\s*/)
    .map((entry) => {
      const at = entry.lastIndexOf(' ');
      return [entry.slice(0, at).replaceAll(' ', ''), entry.slice(at + 1)];
    });
}

/** Hexadecimal RRGGBB by name, without spaces, in lower case; Chinese ones without 色. */
export const colorsByName: ReadonlyMap<string, string> = new Map([css, everyday, chinese].flatMap(entriesOf));

/** Kelvin by name, in the same form. */
export const whitesByName: ReadonlyMap<string, number> = new Map(
  entriesOf(whites).map(([name, kelvin]) => [name, Number(kelvin)]),
);
