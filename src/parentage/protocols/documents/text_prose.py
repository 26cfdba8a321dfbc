"""What a repository's texts say, word by word, with the place of each; what is no prose is masked.

Masked are front matter, code, tables and citations: they are the same wherever one model or one tool is spoken of.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CARD = "README.md"
MOST_FILES = 32
MOST_BYTES = 8 * 2**20
MOST_CHARACTERS = 1_000_000
_TEXTS = (".md", ".txt", ".rst")
# Lists of words and terms of licences: not what somebody wrote about the model.
_LEFT_OUT = re.compile(
    r"(?:merges|vocab|requirements[^/]*|added_tokens)\.txt$"
    r"|(?:^|/)(?:licen[cs]e|notice|copying|use[_-]?policy|acceptable[_-]use|terms|gguf_?files)[^/]*$",
    re.IGNORECASE,
)
_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"\0+|[{_HAN}]|[^\W_{_HAN}]+")
_TAG = re.compile(r"<[^<>\0]*>|\]\([^()\s\0]*\)|https?://[^\s<>()\0]+")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_BIBTEX = re.compile(r"\s*@\w+\s*\{")

# What tools and templates write into cards; long sentences only, each a text of its own.
WRITTEN_BY_TOOLS = (
    "This modelcard aims to be a base template for new models. It has been generated using this raw template.",
    "This is the model card of a 🤗 transformers model that has been pushed on the Hub. This model card has been"
    " automatically generated.",
    "Provide a quick summary of what the model is/does. Model Details Model Description",
    "Provide a longer summary of what this model is.",
    "Developed by: [More Information Needed] Funded by [optional]: [More Information Needed] Shared by [optional]:"
    " [More Information Needed] Model type: [More Information Needed] Language(s) (NLP): [More Information Needed]"
    " License: [More Information Needed] Finetuned from model [optional]: [More Information Needed]",
    "Model Sources [optional] Provide the basic links for the model. Repository: [More Information Needed]"
    " Paper [optional]: [More Information Needed] Demo [optional]: [More Information Needed]",
    "Uses Address questions around how the model is intended to be used, including the foreseeable users of the model"
    " and those affected by the model. Direct Use This section is for the model use without fine-tuning or plugging"
    " into a larger ecosystem/app. [More Information Needed] Downstream Use [optional] This section is for the model"
    " use when fine-tuned for a task, or when plugged into a larger ecosystem/app [More Information Needed]"
    " Out-of-Scope Use This section addresses misuse, malicious use, and uses that the model will not work well for.",
    "Bias, Risks, and Limitations This section is meant to convey both technical and sociotechnical limitations."
    " [More Information Needed] Recommendations This section is meant to convey recommendations with respect to the"
    " bias, risk, and technical limitations. Users (both direct and downstream) should be made aware of the risks,"
    " biases and limitations of the model. More information needed for further recommendations."
    " How to Get Started with the Model Use the code below to get started with the model.",
    "Training Details Training Data This should link to a Dataset Card, perhaps with a short stub of information on"
    " what the training data is all about as well as documentation related to data pre-processing or additional"
    " filtering. [More Information Needed] Training Procedure This relates heavily to the Technical Specifications."
    " Content here should link to that section when it is relevant to the training procedure. Preprocessing [optional]"
    " [More Information Needed] Training Hyperparameters Training regime: [More Information Needed] fp32, fp16 mixed"
    " precision, bf16 mixed precision, bf16 non-mixed precision, fp16 non-mixed precision, fp8 mixed precision"
    " Speeds, Sizes, Times [optional] This section provides information about throughput, start/end time, checkpoint"
    " size if relevant, etc.",
    "Evaluation This section describes the evaluation protocols and provides the results. Testing Data, Factors &"
    " Metrics Testing Data This should link to a Dataset Card if possible. [More Information Needed] Factors These are"
    " the things the evaluation is disaggregating by, e.g., subpopulations or domains. [More Information Needed]"
    " Metrics These are the evaluation metrics being used, ideally with a description of why.",
    "Model Examination [optional] Relevant interpretability work for the model goes here",
    "Environmental Impact Total emissions (in grams of CO2eq) and additional considerations, such as electricity"
    " usage, go here. Edit the suggested text below accordingly Carbon emissions can be estimated using the Machine"
    " Learning Impact calculator presented in Lacoste et al. (2019). Hardware Type: [More Information Needed] Hours"
    " used: [More Information Needed] Cloud Provider: [More Information Needed] Compute Region: [More Information"
    " Needed] Carbon Emitted: [More Information Needed] Technical Specifications [optional] Model Architecture and"
    " Objective [More Information Needed] Compute Infrastructure [More Information Needed] Hardware [More Information"
    " Needed] Software [More Information Needed]",
    "Citation [optional] If there is a paper or blog post introducing the model, the APA and Bibtex information for"
    " that should go in this section. BibTeX: [More Information Needed] APA: [More Information Needed] Glossary"
    " [optional] If relevant, include terms and calculations in this section that can help readers understand the"
    " model or model card. [More Information Needed] More Information [optional] [More Information Needed] Model Card"
    " Authors [optional] [More Information Needed] Model Card Contact",
    "This model card has been generated automatically according to the information the Trainer had access to. You"
    " should probably proofread and complete it, then remove this comment.",
    "It achieves the following results on the evaluation set: Model description More information needed Intended uses"
    " & limitations More information needed Training and evaluation data More information needed Training procedure"
    " Training hyperparameters The following hyperparameters were used during training:",
    "The following hyperparameters were used during training: learning_rate: train_batch_size: eval_batch_size: seed:",
    "This is a merge of pre-trained language models created using mergekit. Merge Details Merge Method This model was"
    " merged using the merge method using as a base. Models Merged The following models were included in the merge:"
    " Configuration The following YAML configuration was used to produce this model:",
    "model was trained 2x faster with Unsloth and Huggingface's TRL library.",
    "It has been trained using TRL. Quick start Training procedure This model was trained with SFT. Framework versions",
    "This model was converted to GGUF format from using llama.cpp via the ggml.ai's GGUF-my-repo space. Refer to the"
    " original model card for more details on the model. Use with llama.cpp Install llama.cpp through brew (works on"
    " Mac and Linux) Invoke the llama.cpp server or the CLI. Note: You can also use this checkpoint directly through"
    " the usage steps listed in the Llama.cpp repo as well.",
    "If you find our work helpful, feel free to give us a cite. If you find our paper or code useful in your research,"
    " please consider giving a star and citation.",
    "Here provides a code snippet with apply_chat_template to show you how to load the tokenizer and model and how to"
    " generate contents.",
    "We advise you to use the latest version of transformers. For deployment, you can use vLLM or SGLang to create an"
    " OpenAI-compatible API endpoint:",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """The normalised text of a repository's files: words in lower case, one space between; "\\0" where nothing counts.

    `starts` are the words' places in `text` and `raws` those in the files joined; `files` are (name, its place in
    `text`, its place in the joined files), and `lines` where the joined files' lines begin.
    """

    text: str
    starts: Sequence[int]
    raws: Sequence[int]
    files: tuple[tuple[str, int, int], ...]
    lines: Sequence[int]
    raw: str
    problems: tuple[str, ...]

    def where(self, place: int) -> str:
        """Return FILE:LINE of a place in `text`."""
        raw = self.raw_place(place)
        name, _, begin = self.files[max(0, bisect_right([one for _, one, _ in self.files], place) - 1)]
        return f"{name}:{bisect_right(self.lines, raw) - bisect_right(self.lines, begin) + 1}"

    def raw_place(self, place: int) -> int:
        """Return the place in the joined files of the word at a place in `text`."""
        return self.raws[max(0, bisect_right(self.starts, place) - 1)]

    def of_card(self) -> tuple[int, int]:
        """Return [start, end) of the card in `text`, (0, 0) where there is none."""
        places = [begin for _, begin, _ in self.files] + [len(self.text)]
        for at, (name, begin, _) in enumerate(self.files):
            if name == CARD:
                return begin, places[at + 1]
        return 0, 0


def read_prose(files: Mapping[str, bytes]) -> Prose:
    """Return what a repository's text files say, the card first; what does not count is left out or masked."""
    chosen = sorted(
        (name for name in files if name.lower().endswith(_TEXTS) and not _LEFT_OUT.search(name)),
        key=lambda name: (name != CARD, name.count("/"), name),
    )
    problems = [f"{name}: one of more than {MOST_FILES} texts: not compared" for name in chosen[MOST_FILES:]]
    raw: list[str] = []
    pieces: list[str] = []
    starts: list[int] = []
    raws: list[int] = []
    places: list[tuple[str, int, int]] = []
    length = size = 0
    for name in chosen[:MOST_FILES]:
        if len(files[name]) > MOST_BYTES:
            problems.append(f"{name}: {len(files[name])} bytes: at most {MOST_BYTES}: not compared")
            continue
        text = files[name].decode("utf-8", "replace").replace("\0", " ").replace("\r\n", "\n").replace("\r", "\n")
        places.append((name, length, size))
        han = False
        for word in _WORD.finditer("\0" + _masked(text)):
            if length > MOST_CHARACTERS:
                problems.append(f"{name}: beyond {MOST_CHARACTERS} characters: the rest is not compared")
                break
            written = "\0" if word[0][0] == "\0" else word[0].casefold()
            # Chinese and Japanese are written without spaces, and broken into lines anywhere.
            single = is_han(word[0][0])
            if not (han and single):
                pieces.append(" ")
                length += 1
            han = single
            starts.append(length)
            raws.append(size + max(0, word.start() - 1))
            pieces.append(written)
            length += len(written)
        raw.append(text + "\n")
        size += len(text) + 1
    joined = "".join(raw)
    lines = [0, *(one.end() for one in re.finditer("\n", joined))]
    return Prose(
        text="".join(pieces),
        starts=starts,
        raws=raws,
        files=tuple(places),
        lines=lines,
        raw=joined,
        problems=tuple(problems),
    )


def _masked(text: str) -> str:
    """Return a text of the same length: front matter, code, tables, citations are "\\0"; tags and links are spaces."""
    kept: list[str] = []
    fence = ""
    front = text.startswith("---\n") and re.search(r"\n---[ \t]*(?:\n|\Z)", text) is not None
    citing = 0
    for number, line in enumerate(text.split("\n")):
        mark = _FENCE.match(line)
        hidden = bool(front or fence or citing or mark or line.lstrip().startswith("|"))
        if front:
            front = not (number and line.rstrip() == "---")
        elif fence:
            fence = "" if mark and mark[1] == fence else fence
        elif mark:
            fence = mark[1]
        elif citing or _BIBTEX.match(line):
            hidden = True
            citing = max(0, citing + line.count("{") - line.count("}")) if line.strip() else 0
        kept.append("\0" * len(line) if hidden else line)
    return _TAG.sub(lambda found: " " * len(found[0]), "\n".join(kept))


def is_han(character: str) -> bool:
    """Whether a character is of Chinese or Japanese writing, which has no spaces between words."""
    return "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"
