import tempfile
import unittest
from pathlib import Path

from tentacle_training.bank import BadLine, load, parse_line
from tentacle_training.compose import Composer
from tentacle_training.language import CHINESE, ENGLISH
from tentacle_training.notation import parse_calls


class Bank(unittest.TestCase):
    def test_a_phrasing_knows_its_slots_and_fixed_arguments(self) -> None:
        phrase = parse_line("set_light", "make it [color:warm white] in the {room} => power=true")
        self.assertEqual(phrase.slots, ("color", "room"))
        self.assertEqual(phrase.fixed, (("power", "<on>"),))

    def test_what_does_not_fit_the_catalogue_is_refused_with_a_reason(self) -> None:
        for line, reason in (
            ("text {contact_name}", "without message"),
            ("text {contact_name} {contact_name} {message}", "a parameter twice"),
            ("text {contact_name} {massage}", "no parameter massage"),
            ("text {contact_name} {message} => tone=nice", "no parameter tone"),
        ):
            with self.assertRaisesRegex(BadLine, reason):
                parse_line("send_text_message", line)

    def test_a_broken_line_is_named_by_file_and_line(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "phrases", "en", "set_wifi.txt")
            path.parent.mkdir(parents=True)
            path.write_text("# a comment\nwifi on => enabled=true\nwifi {speed}\n")
            phrases, problems = load(Path(folder))
            self.assertEqual([phrase.text for phrase in phrases["set_wifi"]], ["wifi on"])
            self.assertEqual(len(problems), 1)
            self.assertTrue(problems[0].startswith(f"{path}:3: "), problems[0])

    def test_every_line_of_the_bank_can_be_used(self) -> None:
        for language in ("en", "zh"):
            self.assertEqual(load(language=language)[1], [])


class Composing(unittest.TestCase):
    def test_the_same_seed_gives_the_same_sentences(self) -> None:
        for language in (ENGLISH, CHINESE):
            one, other = (Composer(11, language=language) for _ in range(2))
            self.assertEqual([one.draw() for _ in range(200)], [other.draw() for _ in range(200)])

    def test_all_sentences_can_be_built(self) -> None:
        for language in (ENGLISH, CHINESE):
            composer = Composer(12, language=language)
            shapes = {composer.draw().shape for _ in range(1500)}
            self.assertEqual(composer.problems, [])
            self.assertEqual(shapes, {"single", "targeted", "parallel", "sequence", "nested", "irrelevant"})

    def test_development_phrasings_are_apart_from_training_ones(self) -> None:
        for language in (ENGLISH, CHINESE):
            train, held = (Composer(1, fold, language=language) for fold in ("train", "development"))
            for function, phrases in held.phrases.items():
                self.assertFalse({phrase.text for phrase in phrases} & {phrase.text for phrase in train.phrases[function]}, function)

    def test_broken_calls_are_refused(self) -> None:
        for text in ("no_such()", "set_wifi(", "set_wifi(enabled)", "set_wifi(enabled=maybe)", "set_wifi(enabled=on) set_wifi(enabled=off)"):
            with self.assertRaises((ValueError, KeyError)):
                parse_calls(text)


if __name__ == "__main__":
    unittest.main()
