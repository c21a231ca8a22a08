"""Run adapters one after the other; what goes wrong in one leaves the others alone."""

from collections.abc import Iterator, Sequence

from benchmarks.measured import Adapter, BenchmarkError, NotMeasured, Outcome, Setting


def chosen(adapters: Sequence[Adapter], names: Sequence[str], *, quick: bool) -> tuple[Adapter, ...]:
    """The adapters that are asked for: all; the quick ones; or those named, "places" standing for "places.lgl" too.

    Raises:
        BenchmarkError: a name is that of no adapter.
    """
    if not names:
        return tuple(adapter for adapter in adapters if adapter.quick or not quick)
    for name in names:
        if not any(_is_called(adapter, name) for adapter in adapters):
            raise BenchmarkError(f"no benchmark is called {name!r}; there are {', '.join(a.name for a in adapters)}")
    return tuple(adapter for adapter in adapters if any(_is_called(adapter, name) for name in names))


def run(adapters: Sequence[Adapter], setting: Setting) -> Iterator[Outcome]:
    """What became of each adapter, as each is done."""
    for adapter in adapters:
        yield _run(adapter, setting)


def _run(adapter: Adapter, setting: Setting) -> Outcome:
    missing = setting.shared.missing(adapter.needs)
    if missing:
        return Outcome(adapter=adapter.name, skipped=f"{', '.join(missing)} not in {setting.shared.data.parent}")
    data = setting.shared.hashes(adapter.needs)
    try:
        return Outcome(adapter=adapter.name, data=data, measured=adapter.measure(setting))
    except NotMeasured as reason:
        return Outcome(adapter=adapter.name, skipped=str(reason))
    except BenchmarkError as error:
        return Outcome(adapter=adapter.name, data=data, failed=str(error))
    finally:
        setting.progress.stop()


def _is_called(adapter: Adapter, name: str) -> bool:
    return adapter.name == name or adapter.name.startswith(f"{name}.")
