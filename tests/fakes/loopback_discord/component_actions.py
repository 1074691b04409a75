"""What users do with components: press buttons, choose from menus, fill in and submit modals."""

from collections.abc import Callable
from typing import Any

from fakes.loopback_discord.component_tree import BUTTON, LINK_STYLE, STRING_SELECT
from fakes.loopback_discord.discord_state import DiscordState
from fakes.loopback_discord.displayed_messages import Message
from fakes.loopback_discord.interaction_events import new_interaction
from fakes.loopback_discord.interactions import COMPONENT, MODAL_SUBMIT
from fakes.loopback_discord.modal_submission import filled
from fakes.loopback_discord.payload import Json
from fakes.loopback_discord.user_interactions import UserInteraction, dispatch_interaction
from fakes.loopback_discord.users_and_guilds import User


class ComponentActions:
    """Uses of components. Without a `user`, Alice acts."""

    state: DiscordState
    alice: User

    async def click(
        self,
        message: Message,
        button: str | Callable[[Json], bool],
        *,
        user: User | None = None,
        nth: int = 0,
    ) -> UserInteraction:
        """Press a button, found by its label, its custom id or a predicate."""
        component = message.button(button, nth)
        assert not component.get("disabled"), f"the button {button!r} is disabled"
        assert component["style"] < LINK_STYLE, f"the button {button!r} is a link"
        return self._use_component(message, component, user, {})

    async def choose(
        self, message: Message, select: str, values: list[str], *, user: User | None = None
    ) -> UserInteraction:
        """Choose values or labels from a select menu, found by its custom id or placeholder."""
        component = message.select(select)
        assert not component.get("disabled"), f"the select {select!r} is disabled"
        assert component["min_values"] <= len(values) <= component["max_values"], (
            f"{select!r} takes {component['min_values']} to {component['max_values']} values"
        )
        if component["type"] == STRING_SELECT:
            by_label = {option["label"]: option["value"] for option in component["options"]}
            values = [by_label.get(value, value) for value in values]
            assert set(values) <= set(by_label.values()), f"{select!r} has the options {by_label}"
        return self._use_component(message, component, user, {"values": values})

    def _use_component(
        self, message: Message, component: Json, user: User | None, values: Json
    ) -> UserInteraction:
        actor = user or self.alice
        assert not message.deleted, "the message is deleted"
        assert not message.ephemeral or message.stored.visible_to is actor, (
            f"{actor.name} does not see this ephemeral message"
        )
        data = {
            "custom_id": component["custom_id"],
            "component_type": component["type"],
            "id": component["id"],
        } | values
        return dispatch_interaction(
            self.state,
            new_interaction(
                self.state, COMPONENT, actor, message.channel, data, source=message.stored
            ),
        )

    async def forge(
        self,
        message: Message,
        custom_id: str,
        *,
        user: User | None = None,
        values: list[str] | None = None,
    ) -> UserInteraction:
        """Use a component that the message may not have.

        Discord's own clients cannot do this; a bot must not rely on it.
        """
        component = {
            "custom_id": custom_id,
            "type": BUTTON if values is None else STRING_SELECT,
            "id": 1,
        }
        return self._use_component(
            message, component, user, {} if values is None else {"values": values}
        )

    async def submit(
        self, opener: UserInteraction, values: dict[str, Any], *, user: User | None = None
    ) -> UserInteraction:
        """Fill in and submit the modal that an interaction opened."""
        modal = await opener.opened_modal()
        opening = opener.interaction
        data = {
            "custom_id": modal["custom_id"],
            "components": filled(modal, values),
            "resolved": {},
        }
        return dispatch_interaction(
            self.state,
            new_interaction(
                self.state,
                MODAL_SUBMIT,
                user or opener.user,
                opening.channel,
                data,
                source=opening.source,
                opener=opening,
            ),
        )
