import unittest

try:
    import torch
except ImportError:
    torch = None


@unittest.skipUnless(torch, "PyTorch is not installed")
class Adapters(unittest.TestCase):
    def test_merged_weights_do_what_the_adapted_model_does(self) -> None:
        from tentacle_training.lora import adapt, merged_weights
        from tentacle_training.model import Planner, Shape

        torch.manual_seed(1)
        shape = Shape(vocabulary=40, width=32, layers=2, heads=2, inner=48, dropout=0.0)
        model = Planner(shape)
        trained = adapt(model, rank=4, alpha=8.0, trained_rows=35)
        for weight in trained[:-1]:
            torch.nn.init.normal_(weight, std=0.1)
        ids = torch.arange(12)[None]
        loss = model.logits(model.states(ids)).square().sum()
        loss.backward()
        gradient = model.embedding.weight.grad
        self.assertEqual(float(gradient[:35].abs().sum()), 0.0)
        self.assertIsNone(model.blocks[0].down.linear.weight.grad)
        plain = Planner(shape)
        plain.load_state_dict(merged_weights(model))
        torch.testing.assert_close(plain.states(ids), model.states(ids), rtol=1e-4, atol=1e-5)

    def test_muon_moves_along_an_orthogonal_direction(self) -> None:
        from tentacle_training.muon import orthogonalised

        step = orthogonalised(torch.randn(24, 48, generator=torch.Generator().manual_seed(2))).float()
        singular = torch.linalg.svdvals(step)
        self.assertGreater(float(singular.min()), 0.5)
        self.assertLess(float(singular.max()), 1.4)


if __name__ == "__main__":
    unittest.main()
