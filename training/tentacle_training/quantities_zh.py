"""Numbers, times, durations, levels and temperatures as they are said and typed in Chinese."""
import random

DIGITS = "零一二三四五六七八九"
WEEK = "一二三四五六日"


def words_of(number: int, rng: random.Random) -> str:
    """Characters of 0..999: twelve is 十二, 205 is 二百零五."""
    if number < 10:
        return DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
    hundreds, rest = divmod(number, 100)
    head = (rng.choice("二两") if hundreds == 2 else DIGITS[hundreds]) + "百"
    if rest == 0:
        return head
    return head + ("零" + DIGITS[rest] if rest < 10 else ("一" if rest < 20 else "") + words_of(rest, rng))


def number(value: int, rng: random.Random, spoken: float = 0.5) -> str:
    return words_of(value, rng) if rng.random() < spoken else str(value)


def counted(value: int, rng: random.Random, spoken: float = 0.5) -> str:
    """Before a measure word, two is 两."""
    said = number(value, rng, spoken)
    return "两" if said == "二" else said


def percent(rng: random.Random) -> str:
    if rng.random() < 0.12:
        return rng.choice(("一半", "三分之一", "四分之一", "四分之三", "三分之二", "五分之一", "八成", "三成", "七成", "六成"))
    value = rng.choice((5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, rng.randint(1, 100)))
    form = rng.random()
    if form < 0.3:
        return f"{value}%"
    if form < 0.7:
        return "百分之" + ("百" if value == 100 else number(value, rng, 0.7))
    return number(value, rng, 0.4)


def level(rng: random.Random) -> str:
    if rng.random() < 0.15:
        value = rng.randint(1, 10)
        return rng.choice((f"{counted(value, rng)}档", f"{counted(value, rng)}格", number(value, rng), f"第{number(value, rng)}档"))
    return percent(rng)


def celsius(rng: random.Random) -> str:
    if rng.random() < 0.06:
        return f"华氏{number(rng.randint(60, 90), rng)}度"
    value = rng.randint(14, 30)
    if rng.random() < 0.12:
        return rng.choice((f"{value}.5度", f"{words_of(value, rng)}度半", f"{value}度半", f"{words_of(value, rng)}点五度"))
    return number(value, rng) + rng.choice(("度", "度", "度", "摄氏度", "", "℃" if rng.random() < 0.5 else "度"))


PARTS = (
    ("凌晨", (1, 2, 3, 4, 5)),
    ("早上", (5, 6, 7, 8, 9)),
    ("早晨", (6, 7, 8)),
    ("上午", (8, 9, 10, 11)),
    ("中午", (11, 12, 1)),
    ("下午", (1, 2, 3, 4, 5, 6)),
    ("傍晚", (5, 6, 7)),
    ("晚上", (6, 7, 8, 9, 10, 11)),
    ("夜里", (11, 12, 1, 2)),
)


def clock(rng: random.Random) -> str:
    form = rng.random()
    if form < 0.04:
        return rng.choice(("中午", "正午", "半夜十二点", "午夜"))
    if form < 0.16:
        return f"{rng.randint(0, 23)}:{rng.choice((0, 15, 30, 45, rng.randint(0, 59))):02d}"
    part, hours = rng.choice(PARTS)
    if rng.random() < 0.35:
        part, hours = "", tuple(range(1, 13))
    hour = counted(rng.choice(hours), rng)
    point = rng.choice(("点", "点", "点", "点钟"))
    minute = rng.choice((0, 0, 0, 30, 30, 15, 45, 10, 20, 40, 50, 5, rng.randint(1, 59)))
    if minute == 0:
        return part + hour + rng.choice((point, point, "点整"))
    if minute == 30 and rng.random() < 0.8:
        return f"{part}{hour}点半"
    if minute == 15 and rng.random() < 0.6:
        return f"{part}{hour}点一刻"
    if minute == 45 and rng.random() < 0.4:
        return f"{part}{hour}点三刻"
    said = number(minute, rng)
    if minute < 10:
        said = rng.choice(("零" + DIGITS[minute], f"0{minute}"))
    return f"{part}{hour}点{said}" + rng.choice(("分", "", "分"))


def duration(rng: random.Random) -> str:
    minutes = counted(rng.choice((1, 2, 3, 5, 8, 10, 12, 15, 20, 25, 30, 40, 45, 50, 90, rng.randint(1, 99))), rng)
    seconds = counted(rng.choice((10, 15, 20, 30, 45, 60, 90)), rng)
    hours = counted(rng.choice((1, 2, 3, 4, 5, 6, 8)), rng)
    hour = rng.choice(("小时", "个小时", "个钟头", "小时"))
    return rng.choice(
        (
            f"{minutes}分钟",
            f"{minutes}分钟",
            f"{minutes}分钟",
            f"{seconds}秒",
            f"{seconds}秒钟",
            f"{hours}{hour}",
            f"{hours}{hour}",
            f"{hours}小时{minutes}分钟",
            f"{hours}个半小时",
            "半小时",
            "半个小时",
            "一个半小时",
            "一刻钟",
            "三刻钟",
            f"{minutes}分半钟",
            f"{minutes}分{seconds}秒",
            "一分半钟",
            "两个钟头",
            f"{rng.randint(1, 90)}min",
        )
    )


def day(rng: random.Random) -> str:
    weekday = rng.choice(WEEK + "天")
    week = rng.choice(("周", "星期", "礼拜", "周"))
    weekday = "日" if weekday == "天" and week == "周" else weekday
    month, date = rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice(
        (
            "明天",
            "明天",
            "今天",
            "后天",
            "大后天",
            week + weekday,
            "下" + week + weekday,
            "这" + week + weekday,
            "下个" + ("星期" if week == "周" else week) + weekday,
            f"{number(month, rng)}月{number(date, rng)}{rng.choice('号日')}",
            f"{number(date, rng)}号",
            f"下个月{number(date, rng)}号",
            f"{counted(rng.randint(2, 9), rng)}天后",
        )
    )


def datetime(rng: random.Random) -> str:
    form = rng.random()
    if form < 0.1:
        return rng.choice(("今晚", "明早", "明晚", "今天下午", "明天上午", "后天晚上", "今晚" + counted(rng.randint(6, 11), rng) + "点", "明早" + counted(rng.randint(6, 10), rng) + "点半"))
    if form < 0.15:
        return duration(rng).removesuffix("min") + "后" if rng.random() < 0.5 else counted(rng.randint(1, 5), rng) + "个小时后"
    if form < 0.9:
        return day(rng) + clock(rng)
    return day(rng)


def millimetres(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return f"{counted(rng.choice((1, 2, 3, 4, 5, 6, 8, 10)), rng)}{rng.choice(('厘米', '公分', 'cm'))}"
    return f"{number(rng.choice((5, 10, 15, 20, 30, 40, 50)), rng)}{rng.choice(('毫米', 'mm'))}"
