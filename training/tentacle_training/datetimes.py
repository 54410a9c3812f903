"""Spoken and written forms of numbers, times, durations, levels and temperatures, as people use them."""
import random

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
    "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()


def words_of(number: int, rng: random.Random) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens] if ones == 0 else TENS[tens] + rng.choice((" ", "-", " ")) + ONES[ones]
    if number == 100:
        return rng.choice(("a hundred", "one hundred", "hundred"))
    hundreds, rest = divmod(number, 100)
    head = ONES[hundreds] + " hundred"
    return head if rest == 0 else head + rng.choice((" ", " and ")) + words_of(rest, rng)


def number(value: int, rng: random.Random, spoken: float = 0.35) -> str:
    return words_of(value, rng) if rng.random() < spoken else str(value)


def percent(rng: random.Random) -> str:
    if rng.random() < 0.1:
        return rng.choice(("half", "a third", "a quarter", "three quarters", "two thirds", "a fifth", "one half"))
    value = rng.choice((5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, rng.randint(1, 100)))
    unit = rng.choice(("%", "%", " %", " percent", " percent", " per cent", "", "", " pct"))
    text = number(value, rng)
    if unit.strip() == "%" and not text.isdigit():
        unit = " percent"
    return text + unit


def level(rng: random.Random) -> str:
    """A volume or brightness: a percentage, or a bare step."""
    if rng.random() < 0.12:
        return rng.choice(("level ", "")) + number(rng.randint(0, 10), rng)
    return percent(rng)


def celsius(rng: random.Random) -> str:
    if rng.random() < 0.2:
        value = rng.randint(58, 90)
        unit = rng.choice(("", " degrees", "°F", " fahrenheit", " degrees fahrenheit", "f", " F", " deg"))
    else:
        value = rng.randint(14, 30)
        unit = rng.choice(("", "", " degrees", " degrees", "°", "°C", " celsius", " degrees celsius", " C", "c", " deg"))
        if rng.random() < 0.12:
            return rng.choice((f"{value}.5", f"{words_of(value, rng)} and a half", f"{words_of(value, rng)} point five")) + (
                " degrees" if rng.random() < 0.4 else ""
            )
    text = number(value, rng)
    if not text.isdigit() and unit in ("°", "°C", "c", "f", "°F", " C", " F"):
        unit = " degrees"
    return text + unit


def clock(rng: random.Random) -> str:
    hour = rng.randint(1, 12)
    minute = rng.choice((0, 0, 0, 30, 30, 15, 45, 10, 20, 40, 50, 5, 55, rng.randint(0, 59)))
    half = rng.choice(("am", "pm", " am", " pm", "a.m.", " p.m.", "AM", " PM", " in the morning", " in the evening", " at night", " this afternoon"))
    form = rng.random()
    if form < 0.05:
        return rng.choice(("noon", "midnight", "midday", "12 noon"))
    if form < 0.30 and minute:
        return f"{hour}:{minute:02d}" + rng.choice(("", "", half))
    if form < 0.38:
        return f"{rng.randint(0, 23):02d}:{minute:02d}"
    if form < 0.48:
        return rng.choice(
            (
                f"half past {number(hour, rng, 0.8)}",
                f"quarter past {number(hour, rng, 0.8)}",
                f"quarter to {number(hour, rng, 0.8)}",
                f"a quarter to {number(hour, rng, 0.8)}",
                f"half {words_of(hour, rng)}",
                f"{number(rng.choice((5, 10, 20)), rng, 0.8)} past {number(hour, rng, 0.8)}",
                f"{number(rng.choice((5, 10, 20)), rng, 0.8)} to {number(hour, rng, 0.8)}",
                f"{number(rng.choice((5, 10, 20)), rng, 0.8)} minutes to {number(hour, rng, 0.8)}",
            )
        ) + rng.choice(("", "", "", " in the morning", " in the evening"))
    if form < 0.62 and minute:
        spoken = "oh " + words_of(minute, rng) if minute < 10 else words_of(minute, rng)
        return f"{words_of(hour, rng)} {spoken}" + rng.choice(("", half if half.startswith(" ") else " " + half))
    if form < 0.68:
        return f"{number(hour, rng)} o'clock" + rng.choice(("", "", " sharp", " in the morning", " tonight"))
    if form < 0.72:
        return f"{hour}.{minute:02d}" + rng.choice(("", "am", " pm"))
    if form < 0.78:
        return f"{hour}{minute:02d}" if minute else f"{hour}"
    said = number(hour, rng, 0.3)
    ending = rng.choice((half, half, half, ""))
    return said + (" " if ending and not said.isdigit() and not ending.startswith(" ") else "") + ending


def duration(rng: random.Random) -> str:
    minutes = number(rng.choice((1, 2, 3, 5, 7, 8, 10, 12, 15, 20, 25, 30, 35, 40, 45, 50, 90, rng.randint(1, 99))), rng)
    seconds = number(rng.choice((10, 15, 20, 30, 45, 60, 90, rng.randint(5, 99))), rng)
    hours = number(rng.choice((1, 2, 3, 4, 5, 6, 8, 10, 12)), rng)
    minute, second, hour = (
        rng.choice(("minutes", "min", "mins", "minute", "minutes")),
        rng.choice(("seconds", "sec", "secs", "seconds")),
        rng.choice(("hours", "h", "hrs", "hour", "hours")),
    )
    return rng.choice(
        (
            f"{minutes} {minute}",
            f"{minutes} {minute}",
            f"{minutes} {minute}",
            f"{seconds} {second}",
            f"{hours} {hour}",
            f"{hours} {hour} {minutes} {minute}",
            f"{hours} {hour} and {minutes} {minute}",
            f"{minutes} {minute} {seconds} {second}",
            f"{minutes} {minute} and {seconds} {second}",
            f"{rng.randint(1, 90)}min",
            f"{rng.randint(1, 9)}h",
            f"{rng.randint(1, 4)}h{rng.randint(1, 59):02d}",
            "an hour",
            "half an hour",
            "a minute",
            "an hour and a half",
            "one and a half hours",
            "quarter of an hour",
            "a quarter of an hour",
            "three quarters of an hour",
            "a couple of minutes",
            "two and a half minutes",
            f"{words_of(rng.randint(2, 9), rng)} and a half minutes",
            f"{rng.randint(1, 3)}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}",
            f"{hours} {hour} {rng.randint(2, 59)}",
        )
    )


def day(rng: random.Random) -> str:
    name = rng.choice(DAYS)
    name = rng.choice((name, name.capitalize()))
    month = rng.choice(MONTHS)
    month = rng.choice((month, month.capitalize(), month[:3]))
    number_of_day = rng.randint(1, 28)
    suffix = "th" if 10 <= number_of_day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number_of_day % 10, "th")
    return rng.choice(
        (
            "tomorrow",
            "tomorrow",
            "today",
            "the day after tomorrow",
            name,
            name,
            f"next {name}",
            f"this {name}",
            f"the {number_of_day}{suffix}",
            f"{month} {number_of_day}",
            f"{month} {number_of_day}{suffix}",
            f"{number_of_day} {month}",
            f"the {number_of_day}{suffix} of {month}",
            f"the {ORDINALS[number_of_day - 1]} of {month}",
            f"{month} {ORDINALS[number_of_day - 1]}",
            f"in {number(rng.randint(2, 9), rng)} days",
            f"a week from {name}",
            "next week " + name,
        )
    )


def part_of_day(rng: random.Random) -> str:
    return rng.choice(("morning", "afternoon", "evening", "night"))


def datetime(rng: random.Random) -> str:
    time = clock(rng)
    form = rng.random()
    if form < 0.08:
        return rng.choice(("tonight", "tonight at " + number(rng.randint(6, 11), rng), "tomorrow " + part_of_day(rng), "this evening", "in an hour", "in " + duration(rng)))
    if form < 0.45:
        return f"{day(rng)} at {time}"
    if form < 0.7:
        return f"{day(rng)} {time}"
    if form < 0.85:
        return f"{time} {rng.choice(('on ', '', ''))}{day(rng)}"
    if form < 0.92:
        return f"{rng.choice(DAYS)} {part_of_day(rng)} at {time}"
    return day(rng)


def millimetres(rng: random.Random) -> str:
    form = rng.random()
    if form < 0.3:
        return f"{number(rng.choice((1, 2, 3, 4, 5, 6, 8, 10)), rng)} {rng.choice(('cm', 'centimeters', 'centimetres', 'cms'))}"
    if form < 0.4:
        return rng.choice(("an inch", "two inches", "half an inch", "one inch", "3 inches"))
    return f"{number(rng.choice((5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100)), rng)} {rng.choice(('mm', 'millimeters', 'millimetres', 'mm'))}"
