package io.headwater.cli;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.cli.text.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a stream's beginning. */
@Command(
        name = "truncate",
        header = "Remove the beginning of a stream.",
        description =
                "Makes the events before a version vanish from reads of the stream. The others keep their versions."
                        + " The events stay in the log until 'headwater scavenge'.",
        footer = {"%nExamples:", "  headwater truncate sensor-7 --before 1000     # versions 1 to 999 vanish"})
final class TruncateCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream's id.")
    private @Nullable StreamId stream;

    @Option(names = "--before", paramLabel = "VERSION", required = true, description = "The first version to keep.")
    private long before;

    TruncateCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (before < 1) {
            throw new Failure(ExitCode.USAGE, "--before is " + before + ": a version is expected, from 1");
        }
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        StreamId shorter = Arguments.given(stream);
        Facets.of(store, StreamAdmin.class, Capability.STREAM_ADMIN).truncateBefore(shorter, before);
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("truncated", shorter.value());
                json.writeNumberProperty("before", before);
            });
        } else {
            out.line(Printable.of(shorter.value()) + " has no events before version " + before + " any more");
        }
        return ExitCode.OK;
    }
}
