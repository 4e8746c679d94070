"""ONNX Runtime tells nobody that it runs."""

import os
import subprocess
import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from vectorstore.onnx_runtime import import_onnxruntime
import_onnxruntime().InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
"""


def test_a_session_leaves_no_identifier_of_the_machine(tmp_path: Path) -> None:
    """Without the import of ours ONNX Runtime 1.32 writes one into the cache folder, and sends it."""
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "same", [value], [result])
    opset = helper.make_opsetid("", 17)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=8), tmp_path / "same.onnx")
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "same.onnx")],
        check=True,
        cwd=ROOT,
        env=kept | {"HOME": str(home)},
    )
    assert list(home.rglob("*")) == []
