/** Whose a device is, where one word in each language means the same person. */
export const people: readonly string[] = [
  'dad: dad|daddy|father|爸爸|老爸|父亲|爸',
  'mom: mom|mum|mommy|mummy|mother|妈妈|老妈|母亲|妈',
  'parents: parents|爸妈|父母',
  'wife: wife|老婆|妻子|媳妇|太太',
  'husband: husband|hubby|老公|丈夫',
  'son: son|儿子',
  'daughter: daughter|女儿|闺女',
  'kids: kids|kid|children|child|childrens|孩子|小孩|儿童',
  'baby: baby|宝宝|婴儿',
  'work: work|工作|工作用',
  'company: company|公司',
  'test: test|测试|测试机',
  'personal: personal|私人|个人',
];

/** Makers whose names differ between the languages. */
export const brands: readonly string[] = [
  'samsung: samsung|三星',
  'xiaomi: xiaomi|小米',
  'huawei: huawei|华为',
  'honor: honor|荣耀',
  'redmi: redmi|红米',
  'apple: apple|苹果',
  'tesla: tesla|特斯拉',
  'byd: byd|比亚迪',
  'mercedes: mercedes|benz|mercedes benz|奔驰',
  'bmw: bmw|宝马',
  'nio: nio|蔚来',
  'volkswagen: volkswagen|vw|大众',
  'toyota: toyota|丰田',
  'honda: honda|本田',
  'audi: audi|奥迪',
  'ford: ford|福特',
  'volvo: volvo|沃尔沃',
];

/**
 * Words that tell two things of one name apart: whoever says one of them means no other. They are never taken for a
 * misspelling, and a thing that lacks the word is not the one.
 */
export const sides: readonly string[] = [
  'front: front|前面|前边|前侧',
  'back: back|rear|后面|后边|后侧',
  'left: left|left hand|左边|左侧|左面',
  'right: right|right hand|右边|右侧|右面',
  'upper: upper|top|上面|上层',
  'lower: lower|bottom|下面|下层',
  'middle: middle|center|centre|中间',
  'main: main|primary|master|主',
  'second: second|2nd|secondary|次',
  'big: big|large|大号',
  'small: small|little|小号',
  'inner: inner|里侧|内侧',
  'outer: outer|外侧',
  'north: north|northern|北边|北侧',
  'south: south|southern|南边|南侧',
  'east: east|eastern|东边|东侧',
  'west: west|western|西边|西侧',
  'old: old|旧',
  'new: new|新',
  'spare: spare|backup|备用',
  'other: other|another|另一个|另一台|另外一台|另外那个|另一部|另一辆|另一盏',
  '1: one|first|1st',
  '2: two',
  '3: three|third|3rd',
  '4: four|fourth|4th',
  '5: five|fifth|5th',
  '6: six',
  '7: seven',
  '8: eight',
  '9: nine',
  '10: ten',
];

/** One character that tells apart only in front of a thing or a place: 前门, 左灯, but not 小明 or 上海. */
export const sideCharacters: Readonly<Record<string, string>> = {
  前: 'front',
  后: 'back',
  左: 'left',
  右: 'right',
  上: 'upper',
  下: 'lower',
  主: 'main',
  次: 'second',
  副: 'second',
  大: 'big',
  小: 'small',
  内: 'inner',
  外: 'outer',
  东: 'east',
  南: 'south',
  西: 'west',
  北: 'north',
  老: 'old',
  旧: 'old',
  新: 'new',
};

/** Words that add nothing to a name. */
export const fillers: readonly string[] = [
  'filler: the|a|an|of|in|at|on|this|that|these|those|please|的|这个|那个|这台|那台|那辆|这辆|这部|那部|这盏|那盏|里的|里面的|里面|那儿|那边|这边',
  'mine: my|our|我的|我们的|我家的|我家|我们家|咱家|咱们家|家里的|家里|家中|我|我们',
];
