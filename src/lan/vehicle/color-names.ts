/** The 148 names of CSS Color Module Level 4. */
const CSS = `
  aliceblue f0f8ff; antiquewhite faebd7; aqua 00ffff; aquamarine 7fffd4; azure f0ffff; beige f5f5dc;
  bisque ffe4c4; black 000000; blanchedalmond ffebcd; blue 0000ff; blueviolet 8a2be2; brown a52a2a;
  burlywood deb887; cadetblue 5f9ea0; chartreuse 7fff00; chocolate d2691e; coral ff7f50; cornflowerblue 6495ed;
  cornsilk fff8dc; crimson dc143c; cyan 00ffff; darkblue 00008b; darkcyan 008b8b; darkgoldenrod b8860b;
  darkgray a9a9a9; darkgreen 006400; darkgrey a9a9a9; darkkhaki bdb76b; darkmagenta 8b008b;
  darkolivegreen 556b2f; darkorange ff8c00; darkorchid 9932cc; darkred 8b0000; darksalmon e9967a;
  darkseagreen 8fbc8f; darkslateblue 483d8b; darkslategray 2f4f4f; darkslategrey 2f4f4f; darkturquoise 00ced1;
  darkviolet 9400d3; deeppink ff1493; deepskyblue 00bfff; dimgray 696969; dimgrey 696969; dodgerblue 1e90ff;
  firebrick b22222; floralwhite fffaf0; forestgreen 228b22; fuchsia ff00ff; gainsboro dcdcdc;
  ghostwhite f8f8ff; gold ffd700; goldenrod daa520; gray 808080; green 008000; greenyellow adff2f; grey 808080;
  honeydew f0fff0; hotpink ff69b4; indianred cd5c5c; indigo 4b0082; ivory fffff0; khaki f0e68c;
  lavender e6e6fa; lavenderblush fff0f5; lawngreen 7cfc00; lemonchiffon fffacd; lightblue add8e6;
  lightcoral f08080; lightcyan e0ffff; lightgoldenrodyellow fafad2; lightgray d3d3d3; lightgreen 90ee90;
  lightgrey d3d3d3; lightpink ffb6c1; lightsalmon ffa07a; lightseagreen 20b2aa; lightskyblue 87cefa;
  lightslategray 778899; lightslategrey 778899; lightsteelblue b0c4de; lightyellow ffffe0; lime 00ff00;
  limegreen 32cd32; linen faf0e6; magenta ff00ff; maroon 800000; mediumaquamarine 66cdaa; mediumblue 0000cd;
  mediumorchid ba55d3; mediumpurple 9370db; mediumseagreen 3cb371; mediumslateblue 7b68ee;
  mediumspringgreen 00fa9a; mediumturquoise 48d1cc; mediumvioletred c71585; midnightblue 191970;
  mintcream f5fffa; mistyrose ffe4e1; moccasin ffe4b5; navajowhite ffdead; navy 000080; oldlace fdf5e6;
  olive 808000; olivedrab 6b8e23; orange ffa500; orangered ff4500; orchid da70d6; palegoldenrod eee8aa;
  palegreen 98fb98; paleturquoise afeeee; palevioletred db7093; papayawhip ffefd5; peachpuff ffdab9;
  peru cd853f; pink ffc0cb; plum dda0dd; powderblue b0e0e6; purple 800080; rebeccapurple 663399; red ff0000;
  rosybrown bc8f8f; royalblue 4169e1; saddlebrown 8b4513; salmon fa8072; sandybrown f4a460; seagreen 2e8b57;
  seashell fff5ee; sienna a0522d; silver c0c0c0; skyblue 87ceeb; slateblue 6a5acd; slategray 708090;
  slategrey 708090; snow fffafa; springgreen 00ff7f; steelblue 4682b4; tan d2b48c; teal 008080; thistle d8bfd8;
  tomato ff6347; turquoise 40e0d0; violet ee82ee; wheat f5deb3; white ffffff; whitesmoke f5f5f5; yellow ffff00;
  yellowgreen 9acd32`;

/** Names that people give to light and that CSS lacks. White has warmths. */
const EVERYDAY = `
  amber ffbf00; rose ff007f; mint 98ff98; mintgreen 98ff98; peach ffcba4; apricot fbceb1; lilac c8a2c8;
  mauve e0b0ff; burgundy 800020; scarlet ff2400; ruby e0115f; emerald 50c878; emeraldgreen 50c878; jade 00a86b;
  sapphire 0f52ba; cobalt 0047ab; cobaltblue 0047ab; navyblue 000080; iceblue a5f2f3; electricblue 7df9ff;
  babyblue 89cff0; oceanblue 0077be; petrol 005f6a; champagne f7e7ce; copper b87333; bronze cd7f32;
  cream fffdd0; charcoal 36454f; lemon fff44f; mustard ffdb58; rust b7410e; cherry de3163; wine 722f37;
  neongreen 39ff14; neonpink ff6ec7; neonblue 1f51ff; warmwhite ffd6a5; coolwhite e6f1ff; coldwhite e6f1ff;
  softwhite ffe8cc; daylight fffaf4; candlelight ff9329; sunset ff5e3a`;

/** Chinese names, without the closing 色 that most may carry. */
const CHINESE = `
  红 ff0000; 绿 008000; 蓝 0000ff; 黄 ffff00; 橙 ffa500; 橘 ffa500; 橘黄 ffa500; 橙黄 ffa500; 紫 800080;
  粉 ffc0cb; 粉红 ffc0cb; 白 ffffff; 黑 000000; 灰 808080; 棕 a52a2a; 褐 a52a2a; 咖啡 6f4e37; 青 00ffff;
  品红 ff00ff; 洋红 ff00ff; 玫红 ff007f; 玫瑰红 ff007f; 玫瑰 ff007f; 酒红 722f37; 深红 8b0000; 暗红 8b0000;
  大红 ff2400; 橙红 ff4500; 桃红 ff69b4; 金 ffd700; 金黄 ffd700; 银 c0c0c0; 琥珀 ffbf00; 柠檬黄 fff44f;
  浅黄 ffffe0; 淡黄 ffffe0; 米 f5f5dc; 米白 fffdd0; 浅绿 90ee90; 淡绿 90ee90; 深绿 006400; 墨绿 006400;
  翠绿 50c878; 草绿 7cfc00; 薄荷绿 98ff98; 青绿 40e0d0; 橄榄绿 808000; 浅蓝 add8e6; 淡蓝 add8e6; 深蓝 00008b;
  天蓝 87ceeb; 冰蓝 a5f2f3; 湖蓝 30d5c8; 海蓝 0077be; 宝蓝 4169e1; 藏青 000080; 藏蓝 000080; 靛蓝 4b0082;
  靛 4b0082; 浅紫 e6e6fa; 淡紫 e6e6fa; 深紫 4b0082; 紫罗兰 ee82ee; 薰衣草 e6e6fa; 薰衣草紫 e6e6fa; 暖白 ffd6a5;
  暖黄 ffc04d; 冷白 e6f1ff; 自然白 fffaf4`;

const HEX_OF: ReadonlyMap<string, string> = new Map(
  [CSS, EVERYDAY, CHINESE]
    .flatMap((table) => table.split(';'))
    .map((entry): [string, string] => {
      const [name = '', hex = ''] = entry.trim().split(' ');
      return [name, `#${hex.toUpperCase()}`];
    }),
);

/** A colour as "#RRGGBB" by its English or Chinese name, or written so already; null when nobody calls a colour that. */
export function colorHex(said: string): string | null {
  const name = said.toLowerCase().replace(/[\s\-_'’]/g, '');
  if (/^#?[0-9a-f]{6}$/.test(name)) return `#${name.replace('#', '').toUpperCase()}`;
  const plain = name.replace(/(?:的)?(?:颜色|灯光|光)$/, '').replace(/colou?r$/, '');
  return HEX_OF.get(plain) ?? HEX_OF.get(plain.replace(/色$/, '')) ?? null;
}
