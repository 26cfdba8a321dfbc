"""The four ways of asking one model, as raw prompts: as published, stripped, neutral system text, contrary one."""

from collections.abc import Sequence
from dataclasses import dataclass

from parentage.endpoint.template_sandbox import Rendered, Rendering, TemplateSandbox, Turn
from parentage.endpoint.templates import SpecialTokens
from parentage.endpoint.turns import TurnFormat, render_talk
from parentage.errors import UsageError
from parentage.protocols.identity.records import Arm
from parentage.protocols.identity.stripping import Stripping

NEUTRAL = "You are a helpful assistant."


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmPlan:
    """How one arm's prompts are made: a format and a system text, or why there are none."""

    arm: Arm
    form: TurnFormat | None
    system: str | None
    why: str

    def prompt(self, text: str) -> str:
        """Return the raw prompt for a question. Raises UsageError where the arm cannot be asked."""
        if self.form is None:
            raise UsageError(f"arm {self.arm}: {self.why}")
        return self.form.prompt(text, self.system)


def plan_arms(stripping: Stripping, *, contrary_name: str) -> tuple[ArmPlan, ...]:
    """Return the four arms. The neutral and the contrary one put a system text into the *stripped* format.

    Without a stripped format, or without a system turn in it, an arm says so and is not asked.
    """
    form, intact = stripping.form, stripping.intact
    with_system = form if form is not None and form.system_header is not None else None
    no_strip = "" if form is not None else stripping.why
    no_system = "" if with_system is not None else stripping.system_why
    no_intact = "" if intact is not None else stripping.why
    return (
        ArmPlan(arm="intact", form=intact, system=None, why=no_intact),
        ArmPlan(arm="stripped", form=form, system=None, why=no_strip),
        ArmPlan(arm="neutral", form=with_system, system=NEUTRAL, why=no_system),
        ArmPlan(arm="contrary", form=with_system, system=f"You are {contrary_name}.", why=no_system),
    )


def render_intact(
    sandbox: TemplateSandbox, source: str, tokens: SpecialTokens, texts: Sequence[str]
) -> tuple[Rendered, ...]:
    """Return each question as the template itself renders it: a template may look at what is asked.

    Takes one batch of renderings; where a template does not look, the results are those of the intact arm's format.
    """
    talk = render_talk(sandbox, source, tokens.variables())
    return sandbox.render(
        source,
        [
            Rendering(turns=(Turn(role="user", content=text, parts=talk.parts),), extra=dict(talk.variables))
            for text in texts
        ],
    )
