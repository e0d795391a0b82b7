"""What the client can do, read once from its capabilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lsprotocol.types import ClientCapabilities, MarkupKind, ResourceOperationKind
from pygls.capabilities import get_capability


@dataclass(frozen=True, slots=True)
class Client:
    """Everything is off until the client has said that it can."""

    document_changes: bool = False
    creates_files: bool = False
    deletes_files: bool = False
    annotations: bool = False
    action_literals: bool = False
    markdown: bool = False
    progress: bool = False
    questions: bool = False
    configuration: bool = False
    watches_files: bool = False
    refreshes_lenses: bool = False
    refreshes_hints: bool = False
    registers_configuration: bool = False
    command_links: bool = False
    """A link to one of our commands in a hover can be followed."""
    hears_of_backends: bool = False
    """It wants to be told when what is known has changed."""

    @classmethod
    def of(cls, capabilities: ClientCapabilities) -> Client:
        def can(name: str) -> bool:
            return bool(get_capability(capabilities, name))

        resources = get_capability(capabilities, "workspace.workspace_edit.resource_operations", [])
        formats = get_capability(capabilities, "text_document.hover.content_format", [])
        return cls(
            # Operations on files exist in document changes alone, so a client that can do them
            # can do these: Neovim 0.11 says so of the operations only.
            document_changes=can("workspace.workspace_edit.document_changes") or bool(resources),
            creates_files=ResourceOperationKind.Create in resources,
            deletes_files=ResourceOperationKind.Delete in resources,
            annotations=can("workspace.workspace_edit.change_annotation_support"),
            action_literals=can("text_document.code_action.code_action_literal_support"),
            markdown=MarkupKind.Markdown in formats,
            progress=can("window.work_done_progress"),
            questions=can("window.show_message"),
            configuration=can("workspace.configuration"),
            watches_files=can("workspace.did_change_watched_files.dynamic_registration"),
            refreshes_lenses=can("workspace.code_lens.refresh_support"),
            refreshes_hints=can("workspace.inlay_hint.refresh_support"),
            registers_configuration=can("workspace.did_change_configuration.dynamic_registration"),
            command_links=_own(capabilities, "commandLinks"),
            hears_of_backends=_own(capabilities, "backendChanged"),
        )


def _own(capabilities: ClientCapabilities, name: str) -> bool:
    """What no protocol has a name for stands under `experimental.backwright`."""
    given: object = capabilities.experimental
    for key in ("backwright", name):
        given = given.get(key) if isinstance(given, Mapping) else getattr(given, key, None)
    return given is True
