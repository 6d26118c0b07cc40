"""The algorithm: keys, tickets and their order."""

from __future__ import annotations

import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.review import at_rate, draw, draw_key, tickets
from cpdrules.review.identities import IdentityError
from cpdrules.review.tickets import TicketError, digest_of, first, in_order, ticket, weakness

SEED = "63454660390103169462"
KEY = draw_key("demo", "2017", SEED)
MEMBERS = tuple(f"M{number:04}" for number in range(1, 1002))

#: What the documentation tells a third party to type; see docs/review.md.
SHELL = r"""
KEY=$(printf 'cpdrules.draw.v1\n%s\n%s\n%s\n' "$SCHEME" "$LABEL" "$SEED" | sha256sum | cut -c1-64)
while IFS= read -r id; do printf '%s %s\n' "$(printf '%s:%s' "$KEY" "$id" | sha256sum | cut -c1-64)" "$id"
done < eligible_ids_of_one_stratum.txt | LC_ALL=C sort | head -n "$N"
"""


class TestKey:
    def test_vector_1(self) -> None:
        """A key, as bash, node and perl compute it."""
        assert KEY == "42d763b30556177f69c40a7e6521e19b239b5db549395019819b0911c9f62558"

    @pytest.mark.parametrize("texts", [("demo ", "2017", SEED), ("demo", "20\n17", SEED), ("demo", "2017", "")])
    def test_is_of_texts_that_mean_one_thing(self, texts: tuple[str, str, str]) -> None:
        """Nothing else is hashed."""
        with pytest.raises(IdentityError):
            draw_key(*texts)

    def test_separates_its_texts(self) -> None:
        """What moves from one to another is another draw."""
        assert len({draw_key("a", "bc", "d"), draw_key("ab", "c", "d"), draw_key("a", "b", "cd")}) == 3


class TestTickets:
    def test_vector_2(self) -> None:
        """A ticket, and the order of ten."""
        assert ticket(KEY, "M0001") == "00893664a40eb91225701b5627bc479eb1f624961bd41a278c44ef3ec098c529"
        order = [int(one.id[1:]) for one in first(KEY, MEMBERS[:10], 10)]
        assert order == [1, 5, 3, 2, 6, 4, 10, 9, 8, 7]

    @given(st.lists(st.integers(0, 10**6), max_size=80, unique=True), st.integers(0, 90))
    def test_the_first_are_those_of_the_whole_order(self, numbers: list[int], wanted: int) -> None:
        """Looking at the low ones alone gives what sorting everybody gives."""
        ids = [str(number) for number in numbers]
        whole = sorted((sha256(f"{KEY}:{one}".encode()).hexdigest(), one) for one in ids)
        assert list(first(KEY, ids, wanted)) == whole[:wanted]

    @pytest.mark.parametrize("slack", [0, -20, -40])
    def test_too_low_a_limit_is_raised(self, slack: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """However few were found at first, all wanted are found in the end."""
        right = first(KEY, MEMBERS, 51)
        monkeypatch.setattr(tickets, "_slack", lambda wanted: slack)
        assert first(KEY, MEMBERS, 51) == right

    def test_the_limit_leaves_out_most(self) -> None:
        """Which is why a draw is fast."""
        assert 51 <= len(tickets._below(KEY, MEMBERS, 51 + tickets._slack(51))) < 200

    def test_equal_tickets_are_an_error(self) -> None:
        """Nobody is put first by chance."""
        with pytest.raises(TicketError, match="'x' and 'y' have one ticket") as caught:
            in_order([(b"\x02", "z"), (b"\x01", "y"), (b"\x01", "x")])
        assert (caught.value.data["ids"], caught.value.data["ticket"]) == (("x", "y"), "01")

    def test_order_is_that_of_the_digits(self) -> None:
        """Bytes and their hexadecimal digits sort alike."""
        assert in_order([(b"\xf0", "a"), (b"\x0f", "b")]) == [(b"\x0f", "b"), (b"\xf0", "a")]

    def test_digest(self) -> None:
        """Each id has a line feed after it, the last one, too."""
        assert digest_of(["a", "b"]) == sha256(b"a\nb\n").hexdigest()
        assert digest_of([]) == sha256(b"").hexdigest()


class TestWeakness:
    @pytest.mark.parametrize("seed", [SEED, "2017-01-07: 6 3 4 5 4 6 6 0 3 9 0 1", "ab" * 32, "AB" * 32, "1" * 20])
    def test_of_a_seed_with_digits_enough(self, seed: str) -> None:
        """Twenty decimal, or 64 hexadecimal."""
        assert weakness(seed) == ""

    @pytest.mark.parametrize(("seed", "digits"), [(SEED[:19], 19), ("ab" * 31 + "a", 0), ("xy" * 40, 0), ("2017", 4)])
    def test_of_a_seed_with_too_few(self, seed: str, digits: int) -> None:
        """It can be tried out: 8,307 tries gave a sample to order, in 0.02 seconds."""
        assert weakness(seed).startswith(f"the seed has {digits} digits")


def test_a_shell_draws_the_same(tmp_path: Path) -> None:
    """What a third party types gives the same tickets in the same order; vector 3."""
    missing = [tool for tool in ("sh", "sha256sum", "sort", "head", "cut") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"the shell's check needs {', '.join(missing)}, which this machine has not")
    members = [*MEMBERS[:60], "Zo\u00eb 1", "會員-1", "😀"]
    lines = "".join(f"{one}\n" for one in members)
    (tmp_path / "eligible_ids_of_one_stratum.txt").write_text(lines, encoding="utf-8", newline="\n")
    terms = {"SCHEME": "demo", "LABEL": "2017", "SEED": SEED, "N": "20"}
    command = [str(shutil.which("sh")), "-c", SHELL]
    path = {"PATH": str(Path(str(shutil.which("sha256sum"))).parent) + ":/usr/bin:/bin"}
    run = subprocess.run(command, cwd=tmp_path, env=terms | path, capture_output=True, check=True, timeout=60)
    assert run.stderr == b""
    assert run.stdout.decode().splitlines() == [f"{one.ticket} {one.id}" for one in first(KEY, members, 20)]


def test_the_shell_is_the_one_of_the_documentation() -> None:
    """What is tested is what is told."""
    page = Path(__file__).parents[2] / "docs" / "review.md"
    assert SHELL.strip() in page.read_text(encoding="utf-8")


class TestPublishedSamplers:
    def test_vector_13(self) -> None:
        """Rivest's consistent_sampler, where it is installed, gives the samples it is known for."""
        sampler = pytest.importorskip("consistent_sampler", reason="consistent_sampler is not installed")
        ids = ["A-1", "A-2", "A-3", "B-1", "B-2", "B-3"]
        assert [one[1] for one in sampler.sampler(ids, 314159, take=4)] == ["B-2", "B-3", "A-3", "A-2"]
        assert [one[1] for one in sampler.sampler(range(100), 41, take=5)] == [73, 51, 17, 58, 38]
        fraction = sampler.consistent_sampler.first_fraction("AB-130", "01382438112797316654")
        assert fraction.startswith("0.26299714122838008416")

    def test_it_keeps_the_laws_that_ours_keeps(self) -> None:
        """Both give one sample whatever the order, and a larger one that begins with the smaller."""
        sampler = pytest.importorskip("consistent_sampler", reason="consistent_sampler is not installed")
        terms = {"scheme": "demo", "label": "2017", "seed": SEED, "seed_source": "dice"}

        def theirs(ids: tuple[str, ...], number: int) -> list[str]:
            return [one[1] for one in sampler.sampler(ids, SEED, take=number)]

        def ours(ids: tuple[str, ...], number: int) -> list[str]:
            return list(draw(ids, at_rate((number, len(ids))), **terms).ids)

        for drawn in (theirs, ours):
            assert drawn(MEMBERS, 20) == drawn(MEMBERS[::-1], 20) == drawn(MEMBERS, 30)[:20]
