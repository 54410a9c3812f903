import json
import tempfile
import unittest
from pathlib import Path

from tentacle_training import taught
from tentacle_training.added import Added, BadFunction, read
from tentacle_training.catalogue import PLAN_TOKENS, ROOT
from tentacle_training.compose import Composer

EXAMPLE = ROOT / "functions" / "water_plants.json"


class AddedFunctions(unittest.TestCase):
    def broken(self, **changes: object) -> Path:
        descriptor = {**json.loads(EXAMPLE.read_text()), "name": "feed_cat", **changes}
        path = Path(self.folder.name, "broken.json")
        path.write_text(json.dumps(descriptor))
        return path

    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def test_a_broken_descriptor_is_named_by_file_and_fault(self) -> None:
        for changes, fault in (
            ({"name": "Feed Cat"}, "name: lower-case"),
            ({"name": "set_light"}, "in the catalogue already"),
            ({"kind": "toaster"}, "kind: "),
            ({"parameters": [{"name": "room", "type": "place"}]}, "parameter room: type"),
            ({"parameters": [{"name": "size", "type": "enum"}]}, "parameter size: an enum needs"),
            ({"examples": []}, "at least 20"),
        ):
            path = self.broken(**changes)
            with self.assertRaisesRegex(BadFunction, fault) as raised:
                read(path)
            self.assertIn(str(path), str(raised.exception))

    def test_its_tokens_come_after_all_others_and_its_examples_into_the_bank(self) -> None:
        before = list(PLAN_TOKENS)
        added = Added(EXAMPLE)
        self.assertEqual(PLAN_TOKENS[: len(before)], before)
        self.assertIn("<fn:water_plants>", PLAN_TOKENS[len(before) :])
        bank = Composer(3)
        added.take_into_bank(bank)
        drawn = [bank.draw() for _ in range(300)]
        mine = [example for example in drawn if "<fn:water_plants>" in example.plan]
        self.assertGreater(len(mine), 20)
        self.assertEqual(bank.problems, [])

    def test_an_example_whose_words_are_not_in_its_sentence_is_named(self) -> None:
        examples = json.loads(EXAMPLE.read_text())["examples"]
        examples[4] = {"sentence": "feed the cat", "means": 'feed_cat(room="attic")'}
        for index, example in enumerate(examples):
            example["means"] = example["means"].replace("water_plants", "feed_cat")
        with self.assertRaisesRegex(BadFunction, 'example 5: "attic" must stand'):
            Added(self.broken(examples=examples))


class Taught(unittest.TestCase):
    def test_values_become_words_of_the_sentence_or_tokens(self) -> None:
        example = taught.example_of("movie time in the den at 21", 'set_light(room="den", brightness=50) > set_thermostat(temperature=21)')
        self.assertEqual(
            " ".join(example.plan),
            "<fn:set_light> <arg:room> <w:4> <w:4> <arg:brightness> <half> <call_end> <then> "
            "<fn:set_thermostat> <arg:temperature> <w:6> <w:6> <call_end> <plan_end>",
        )
        self.assertEqual(taught.example_of("never mind", "").plan, ["<fn:irrelevant>", "<plan_end>"])

    def test_what_the_sentence_does_not_say_is_left_out_and_named(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "taught.jsonl")
            path.write_text('{"sentence": "cosy", "means": "set_light(brightness=20)", "at": 1}\n{"sentence":\n')
            examples, problems = taught.load(path)
            self.assertEqual(examples, [])
            self.assertTrue(problems[0].startswith(f"{path}:1: brightness=20"), problems[0])
            self.assertTrue(problems[1].startswith(f"{path}:2: "), problems[1])


if __name__ == "__main__":
    unittest.main()
