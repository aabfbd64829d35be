package io.headwater.cli;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hides the beginning of a stream. */
@Command(
        name = "truncate",
        header = "Hide the beginning of a stream.",
        description = {
            "Permanently hides the events before a version from reads of the stream. The others keep their versions."
                    + " Hidden events stay in the log until 'headwater scavenge', and are left out of an export.",
            "A VERSION above that of the stream hides all of its events, which empties it as 'headwater delete' does."
        },
        footer = {
            "%nExamples:",
            "  headwater truncate sensor-7 --before 1000           # hides the versions 1 to 999",
            "  headwater truncate sensor-7 --before 1000 --yes --json"
        })
final class TruncateCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream's id.")
    private @Nullable StreamId stream;

    @Option(names = "--before", paramLabel = "VERSION", required = true, description = "The first version to keep.")
    private long before;

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    TruncateCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    void check() {
        if (before < 1) {
            throw new Failure(ExitCode.USAGE, "--before is " + before + ": a version is expected, from 1");
        }
    }

    @Override
    ExitCode run(EventStore store, Output out) throws IOException {
        StreamAdmin admin = StoreFacets.of(store, StreamAdmin.class, Capability.STREAM_ADMIN);
        StreamId shorter = Arguments.given(stream);
        StreamExtent was = StreamExtent.ofWritten(store, shorter, "truncate");
        if (hiddenOf(was) > 0) {
            confirmation.require(
                    shell(), "truncate", shorter.value(), "hides %s of %s".formatted(hiddenOf(was), was.size()));
            admin.truncateBefore(shorter, before);
        }
        print(was, StreamExtent.of(store, shorter), out);
        return ExitCode.OK;
    }

    private long hiddenOf(StreamExtent stream) {
        return Math.max(0, Math.min(before, stream.version() + 1) - stream.first());
    }

    private void print(StreamExtent was, StreamExtent is, Output out) {
        long hidden = is.first() - was.first();
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("truncated", is.stream().value());
                json.writeNumberProperty("before", before);
                json.writeNumberProperty("hidden", hidden);
                json.writeNumberProperty("left", is.events());
            });
        } else {
            out.line("%s: %s; %s"
                    .formatted(
                            Printable.of(is.stream().value()),
                            hidden == 0
                                    ? "nothing hidden, there is nothing before version " + before
                                    : Figures.count(hidden, "event") + " hidden",
                            left(is)));
        }
    }

    private static String left(StreamExtent stream) {
        return stream.events() == 0
                ? "the stream is now empty"
                : "%s left, from version %s".formatted(Figures.count(stream.events(), "event"), stream.first());
    }
}
