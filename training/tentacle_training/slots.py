"""Fills a slot with words that a person would say there."""
import random
import re
from functools import lru_cache
from pathlib import Path

from .catalogue import FUNCTIONS, ROOT, parameter
from .language import Language

LISTS = {
    "contact_name": "contact",
    "recipient": "contact",
    "name": "contact",
    "phone_number": "phone_number",
    "message": "message",
    "content": "email_content",
    "location": "city",
    "destination": "place",
    "origin": "place",
    "room": "room",
    "door": "door",
    "color": "color",
    "label": "label",
    "app_name": "app",
    "device_name": "bluetooth_device",
    "url": "url",
    "text": "clipboard",
    "query": "search",
    "title": "event_title",
    "photo": "photo",
    "service": "music_service",
}
LISTS_OF_FUNCTION = {
    ("send_email", "title"): "email_title",
    ("get_trending_news", "query"): "news_topic",
    ("search_youtube_videos", "query"): "youtube",
    ("play_music", "query"): "music",
    ("search_amazon", "query"): "product",
    ("order_food", "query"): "food",
    ("order_groceries", "query"): "grocery",
    ("open_application", "name"): "application",
    ("get_device_state", "name"): "device_state_name",
    ("play_music_on_speaker", "name"): "music",
    ("play_video_on_tv", "name"): "video",
    ("play_video_on_tv", "service"): "video_service",
    ("set_switch", "name"): "switch_name",
    ("activate_scene", "name"): "scene",
    ("show_notification", "text"): "notification",
}
LEVELS = {("set_volume", "level"), ("adjust_volume", "level"), ("set_system_volume", "level"), ("set_seat_heating", "level"), ("set_fan_speed", "level")}
RANDOM_WORDS = {"contact", "app", "place", "music", "video", "event_title", "label", "switch_name", "scene", "bluetooth_device", "application", "city", "room"}


@lru_cache(maxsize=None)
def values(name: str, language: str, root: str = str(ROOT)) -> tuple[str, ...]:
    paths = sorted(Path(root, "slots", language).glob(f"**/{name}.txt"))
    lines = [line for path in paths for line in path.read_text().splitlines()]
    return tuple(dict.fromkeys(line.strip().rstrip(".,") for line in lines if line.strip() and not line.startswith("#")))


SENTENCES = {"message", "email_content", "clipboard", "notification"}
NEVER_PIECES = {"room", "color", "door", "phone_number", "email_address", "url", "photo", "surname", "music_service", "video_service", "city"}

# Utterances of the public sets by language, as lists of words (of characters in Chinese): pieces of them stand in slots, so
# that copying is learned on open vocabulary.
pieces: dict[str, list[list[str]]] = {"en": [], "zh": []}


def enrich(utterances: list[str], language: str = "en") -> None:
    """Gives the slots pieces of human sentences; without it only the lists are used."""
    for text in utterances:
        if language == "zh":
            for part in re.split(r"[，。？！；：、\s\"“”‘’《》（）().,?!~-]+", text):
                if 4 <= len(part) <= 24:
                    pieces["zh"].append(list(part))
            continue
        words = text.lower().rstrip(".?!").split()
        if 3 <= len(words) <= 20 and all(word.replace("'", "").isalnum() for word in words):
            pieces["en"].append(words)


LONG_PIECES = {"search", "youtube", "product", "food", "music", "video", "event_title", "news_topic", "place"}


def piece(name: str, rng: random.Random, language: Language) -> str | None:
    """A stretch of a sentence: long for messages, some words for names and searches; it neither starts nor ends with a joint."""
    words = rng.choice(pieces[language.code])
    chinese = language.code == "zh"
    if name in SENTENCES:
        length = rng.randint(4, 14) if chinese else rng.randint(3, 9)
    elif name in LONG_PIECES:
        length = rng.randint(2, 9) if chinese else rng.choice((1, 2, 2, 3, 3, 4, 4, 5, 6, 7))
    else:
        length = rng.choice((2, 2, 3, 3, 4, 4, 5, 6)) if chinese else rng.choice((1, 1, 2, 2, 2, 3, 3, 4))
    start = rng.randrange(max(1, len(words) - length + 1))
    stretch = words[start : start + length]
    if not stretch or stretch[0] in language.joining or stretch[-1] in language.joining or {"and", "then", "also"} & set(stretch):
        return None
    return ("" if chinese else " ").join(stretch)


OWNED = {
    "en": {
        "phone": ("phone", "tablet", "ipad", "iphone", "pixel", "galaxy", "old phone", "work phone", "watch", "cell", "mobile"),
        "car": ("car", "van", "truck", "tesla", "polo", "suv", "jeep", "company car", "minivan", "ev"),
        "computer": ("laptop", "pc", "computer", "desktop", "macbook", "imac", "workstation", "mini pc", "server"),
        "home": ("tv", "speaker", "telly", "house", "flat", "cottage", "hub", "soundbar", "apartment"),
    },
    "zh": {
        "phone": ("手机", "平板", "iPad", "旧手机", "手表", "工作手机", "小米", "华为"),
        "car": ("车", "特斯拉", "面包车", "奔驰", "电动车", "SUV", "五菱"),
        "computer": ("电脑", "笔记本", "台式机", "MacBook", "主机", "工作站"),
        "home": ("电视", "音箱", "房子", "公寓", "音响", "智能屏"),
    },
}


def device_name(kind: str, rng: random.Random, language: Language) -> str:
    """A named device: from the list, somebody's, some room's, or of an invented name."""
    thing = rng.choice(OWNED[language.code][kind])
    form = rng.random()
    if form < 0.35:
        return rng.choice(values(f"target_{kind}", language.code))
    if form < 0.6:
        owner = from_list("contact", rng, language)
        if language.code == "zh":
            return f"{owner}的{thing}"
        return f"{owner}'s {thing}" if not owner.endswith("s") else f"{owner}' {thing}"
    if form < 0.8 and kind in ("computer", "home"):
        room = from_list("room", rng, language)
        return f"{room}{thing}" if language.code == "zh" else f"{room} {thing}"
    if form < 0.9:
        word = rng.choice(values("random_words", language.code))
        return f"{word}{thing}" if language.code == "zh" else f"{word} {thing}"
    return f"我的{thing}" if language.code == "zh" else rng.choice((f"my {thing}", f"our {thing}", f"my other {thing}", thing))


def address(rng: random.Random, language: Language) -> str:
    """A street with its number."""
    word, number = rng.choice(values("random_words", language.code)), rng.randint(1, 240)
    if language.code == "zh":
        return f"{word}{rng.choice(('路', '街', '大道', '巷'))}{number}号"
    street = rng.choice(("street", "road", "avenue", "crescent", "lane", "drive", "close", "boulevard", "court", "st", "rd", "ave"))
    return f"{number} {word} {street}"


def from_list(name: str, rng: random.Random, language: Language) -> str:
    def drawn(name: str) -> str:
        return rng.choice(values(name, language.code))

    chinese = language.code == "zh"
    if pieces[language.code] and name not in NEVER_PIECES and not name.startswith("target_") and rng.random() < (0.4 if name in SENTENCES else 0.25):
        found = piece(name, rng, language)
        if found:
            return found
    if name == "contact" and rng.random() < 0.15:
        return drawn("surname") + drawn("given_name") if chinese else f"{drawn('contact')} {drawn('surname')}"
    if name in RANDOM_WORDS and rng.random() < 0.12:
        word = drawn("random_words")
        return word if rng.random() < 0.7 else f"{word}{'' if chinese else ' '}{drawn('random_words')}"
    return drawn(name)


def fill(function: str, name: str, rng: random.Random, language: Language) -> str:
    """Words for one slot of a function."""
    if name == "target":
        return device_name(FUNCTIONS[function]["kind"], rng, language)
    kind = parameter(function, name)["type"]
    if kind in language.quantities:
        return language.quantities["level" if (function, name) in LEVELS else kind](rng)
    if function == "send_email" and name == "recipient" and rng.random() < 0.3:
        return from_list("email_address", rng, language)
    if function == "make_phone_call" and rng.random() < 0.2:
        return from_list("phone_number", rng, language)
    if name == "contact_name" and rng.random() < 0.06:
        return from_list("phone_number", rng, language)
    if function == "send_email" and name == "content" and rng.random() < 0.4:
        return from_list("message", rng, language)
    if name in ("destination", "origin") and rng.random() < 0.12:
        return address(rng, language)
    if name in ("destination", "location") and rng.random() < 0.2:
        return from_list("place" if name == "location" else "city", rng, language)
    # A parameter that somebody added has no list of its own: any words teach that it is copied.
    return from_list(LISTS_OF_FUNCTION.get((function, name)) or LISTS.get(name, "search"), rng, language)
