"""Maps public, openly licensed utterance sets onto the catalogue where they fit.

Nothing of them is copied into the repository: they are read from a folder the user names (README of `training/`). Where a
set says only the intent, the example is partial: it teaches the function and no arguments.
"""
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .catalogue import TOKENS
from .sentence import Call, Example, Marks, Unusable, build


class Labelled(NamedTuple):
    """An utterance with another set's intent: an extra task that is dropped at export."""

    text: str
    label: str


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()] if path.exists() else []


CLINC_FUNCTION = {
    "alarm": "set_timer_alarm",
    "timer": "start_timer",
    "weather": "get_weather_forecast",
    "text": "send_text_message",
    "make_call": "make_phone_call",
    "play_music": "play_music",
    "find_phone": "find_my_phone",
    "current_location": "get_current_location",
    "directions": "find_route_google_maps",
    "schedule_meeting": "create_calendar_event",
    "reminder_update": "create_calendar_event",
}
CLINC_SKIPPED = {
    "smart_home", "change_volume", "next_song", "reminder", "calendar", "calendar_update", "traffic", "distance", "share_location",
    "meeting_schedule", "order", "sync_device", "tire_pressure", "gas", "mpg", "shopping_list_update", "restaurant_suggestion",
    "definition", "recipe", "exchange_rate", "flight_status", "restaurant_reviews", "nutrition_info", "what_song", "yes", "no", "maybe",
    "cancel", "repeat", "play_music_on", "update_playlist", "oos", "uber", "travel_suggestion", "ingredients_list",
}


def clinc(folder: Path) -> Iterator[Example | Labelled]:
    for row in read(folder / "clinc150_train.jsonl"):
        text, intent = row["text"], row["intent"]
        yield Labelled(text, f"clinc:{intent}")
        try:
            if intent in CLINC_FUNCTION:
                example = build(text, [], "single", "clinc150")
                yield Example(text, [f"<fn:{CLINC_FUNCTION[intent]}>"], "single", "clinc150", partial=True)
            elif intent not in CLINC_SKIPPED:
                example = build(text, [], "irrelevant", "clinc150")
                yield example
        except Unusable:
            continue


HWU_IRRELEVANT = {
    "alarm_query", "alarm_remove", "calendar_remove", "cooking_recipe", "datetime_convert", "datetime_query", "email_query",
    "general_affirm", "general_confirm", "general_dontcare", "general_explain", "general_joke", "general_negate", "general_praise",
    "general_quirky", "general_repeat", "lists_createoradd", "lists_query", "lists_remove", "music_likeness", "play_game", "qa_currency",
    "qa_maths", "qa_stock", "recommendation_events", "recommendation_movies", "social_post", "social_query",
    "transport_taxi", "transport_ticket", "calendar_query", "music_query", "iot_coffee",
}
HWU_ANNOTATED = re.compile(r"\[\s*(\w+)\s*:\s*([^\]]*?)\s*\]")


def annotated(row: dict, slots: dict[str, str], marks: Marks) -> tuple[str, dict[str, int]]:
    """The sentence with the wanted slots marked; a slot that comes twice is given up."""
    args: dict[str, int] = {}

    def mark(match: re.Match[str]) -> str:
        name = slots.get(match.group(1))
        if name is None:
            return match.group(2)
        if name in args:
            raise Unusable("a slot twice")
        args[name], marked = marks.wrap(match.group(2))
        return marked

    return HWU_ANNOTATED.sub(mark, row["annotation"]), args


def hwu(folder: Path) -> Iterator[Example | Labelled]:
    for row in read(folder / "hwu64_train.jsonl"):
        text, intent = row["text"], row["intent"]
        yield Labelled(text, f"hwu:{intent}")
        marks = Marks()
        slots_present = set(HWU_ANNOTATED.findall(row["annotation"])) and {name for name, _ in HWU_ANNOTATED.findall(row["annotation"])}
        try:
            if intent in HWU_IRRELEVANT:
                yield build(text, [], "irrelevant", "hwu64")
            elif intent in ("iot_hue_lightoff", "iot_hue_lighton", "iot_hue_lightchange"):
                marked, args = annotated(row, {"house_place": "room", "color_type": "color"}, marks)
                if intent == "iot_hue_lightchange" and "color" not in args:
                    yield Example(text, ["<fn:set_light>"], "single", "hwu64", partial=True)
                    continue
                power = {"iot_hue_lightoff": TOKENS["off"], "iot_hue_lighton": TOKENS["on"]}.get(intent)
                if power:
                    args.pop("color", None) if intent == "iot_hue_lightoff" else None
                call = Call("set_light", {**args, **({"power": power} if power else {})})
                yield build(marked, [call], "single", "hwu64")
            elif intent == "weather_query" and slots_present <= {"place_name", "date", "timeofday", "time", "weather_descriptor"}:
                marked, args = annotated(row, {"place_name": "location"}, marks)
                yield build(marked, [Call("get_weather_forecast", dict(args))], "single", "hwu64")
            elif intent in PARTIAL_HWU:
                yield Example(text, [f"<fn:{PARTIAL_HWU[intent]}>"], "single", "hwu64", partial=True)
        except Unusable:
            continue


PARTIAL_HWU = {
    "alarm_set": "set_timer_alarm",
    "calendar_set": "create_calendar_event",
    "email_sendemail": "send_email",
    "email_querycontact": "get_contact",
    "news_query": "get_trending_news",
    "iot_cleaning": "control_vacuum",
    "iot_hue_lightdim": "set_light",
    "iot_hue_lightup": "set_light",
    "iot_wemo_on": "set_switch",
    "iot_wemo_off": "set_switch",
    "play_music": "play_music",
    "takeaway_order": "order_food",
}


def snips(folder: Path) -> Iterator[Example | Labelled]:
    for row in read(folder / "snips_train.jsonl"):
        text, intent = row["text"], row["intent"]
        yield Labelled(text, f"snips:{intent}")
        try:
            if intent in ("AddToPlaylist", "BookRestaurant", "RateBook", "SearchScreeningEvent"):
                yield build(text, [], "irrelevant", "snips")
            elif intent == "GetWeather":
                places = [slot["value"] for slot in row["slots"] if slot["name"] in ("city", "state", "country", "geographic_poi")]
                marked, args = text, {}
                marks = Marks()
                if len(places) > 1:
                    yield Example(text, ["<fn:get_weather_forecast>"], "single", "snips", partial=True)
                    continue
                if places:
                    if text.count(places[0]) != 1:
                        continue
                    args["location"], wrapped = marks.wrap(places[0])
                    marked = text.replace(places[0], wrapped)
                yield build(marked, [Call("get_weather_forecast", dict(args))], "single", "snips")
            elif intent == "PlayMusic":
                yield Example(text, ["<fn:play_music>"], "single", "snips", partial=True)
        except Unusable:
            continue


def unlabelled(folder: Path) -> list[str]:
    """Sentences for the tokenizer and the language-model warm-up, Chinese among them."""
    lines: list[str] = []
    for name in ("taskmaster_utterances.txt", "crosswoz_utterances_zh.txt"):
        path = folder / name
        if path.exists():
            lines += [line.strip() for line in path.read_text().splitlines() if 2 < len(line.strip()) < 160]
    return lines


def utterances(folder: Path, language: str) -> list[str]:
    """Sentences of people in a language, whose pieces fill slots."""
    if language == "zh":
        path = folder / "crosswoz_utterances_zh.txt"
        return path.read_text().splitlines() if path.exists() else []
    path = folder / "taskmaster_utterances.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    return lines + [row["text"] for row in read(folder / "clinc150_train.jsonl")]


def load(folder: Path) -> tuple[list[Example], list[Labelled]]:
    rows = [*clinc(folder), *hwu(folder), *snips(folder)]
    return [row for row in rows if isinstance(row, Example)], [row for row in rows if isinstance(row, Labelled)]
