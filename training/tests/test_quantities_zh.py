import random
import unittest

from tentacle_training import quantities_zh


class Numbers(unittest.TestCase):
    def test_characters(self) -> None:
        rng = random.Random(1)
        wanted = {0: "零", 7: "七", 10: "十", 12: "十二", 20: "二十", 45: "四十五", 100: "一百", 105: "一百零五", 112: "一百一十二", 150: "一百五十"}
        self.assertEqual({value: quantities_zh.words_of(value, rng) for value in wanted}, wanted)

    def test_two_before_a_measure_word(self) -> None:
        self.assertEqual({quantities_zh.counted(2, random.Random(seed)) for seed in range(20)}, {"两", "2"})


if __name__ == "__main__":
    unittest.main()
