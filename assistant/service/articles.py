"""GET /v1/articles and GET /v1/articles/{id}: what the index holds."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from assistant.errors import ArticleMissingError
from assistant.service.ask_service import AskService
from assistant.service.bodies import ListParameters


def articles_router(service: AskService) -> APIRouter:
    """The routes that list and show articles."""
    router = APIRouter(prefix="/v1/articles")

    @router.get("")
    def list_articles(parameters: Annotated[ListParameters, Query()]) -> dict[str, Any]:
        """A page of the articles that match; `next_offset` is null on the last one."""
        page = service.articles(parameters.to_filters(), parameters.offset, parameters.limit)
        following = page.offset + len(page.articles)
        return {
            "articles": [head.to_json() for head in page.articles],
            "total": page.total,
            "offset": page.offset,
            "next_offset": following if page.articles and following < page.total else None,
        }

    @router.get("/{article_id}")
    def show_article(article_id: str, version: str | None = None) -> dict[str, Any]:
        """One article: its head, its text, and its passages at their offsets (in code points)."""
        article = service.article(article_id, version)
        if article is None:
            raise ArticleMissingError(
                "The index holds no such article.", "GET /v1/articles lists the articles and their ids."
            )
        passages = service.passages_of(article_id) if version in (None, article.version) else ()
        return {
            **article.to_json(),
            "passages": [
                {"id": passage.id, "start": passage.start, "end": passage.end, "text": passage.text}
                for passage in passages
                if passage.article_version == article.version
            ],
        }

    return router
