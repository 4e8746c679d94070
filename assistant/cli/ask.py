"""`footnote ask`: one question, one cited answer."""

from typing import Annotated

import typer

from assistant.cli.options import (
    AsOfOption,
    BaseUrlOption,
    HomeOption,
    JsonOption,
    ModelOption,
    PublisherOption,
    SinceOption,
    UntilOption,
    filters_from,
    settings_from,
)


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in quotes.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    publisher: PublisherOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
) -> None:
    """Answer a question from the ingested articles, each sentence with its source.

    Ends with exit code 3 when the articles do not hold the answer.
    """
    from assistant.cli.answer_view import print_answer
    from assistant.cli.boundary import DECLINED
    from assistant.cli.terminal import json_text, message_console, write_result
    from assistant.core import Assistant

    filters = filters_from(since, until, publisher)
    settings = settings_from(context, home, model=model, base_url=base_url)
    with (
        message_console().status("looking for the answer ..."),
        Assistant.open(settings.home, settings=settings) as assistant,
    ):
        answer = assistant.ask(question, filters=filters, as_of=as_of)
    if as_json:
        write_result(json_text(answer.to_json(), indent=2))
    else:
        print_answer(answer)
    if answer.status == "declined":
        raise typer.Exit(DECLINED)
