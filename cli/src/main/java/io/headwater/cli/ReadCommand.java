package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.cli.text.Printable;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a stream's events. */
@Command(
        name = "read",
        header = "Print the events of one stream.",
        description = {
            "Prints a stream's events, the oldest first. Each line has the position in the log, the time at which the"
                    + " event happened, stream@version, the type and the data.",
            "A stream that does not exist is empty, which is not an error."
        },
        footer = {
            "%nExamples:",
            "  headwater read order-1001",
            "  headwater read order-1001 --backwards --limit 1     # the latest event",
            "  headwater read order-1001 --from 7 --json | jq .data"
        })
final class ReadCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "STREAM", description = "The stream's id.")
    private @Nullable StreamId stream;

    @Option(names = "--from", paramLabel = "VERSION", description = "Begin at this version, inclusive.")
    private @Nullable Long from;

    @Option(names = "--limit", paramLabel = "N", description = "The maximum number of events. Default: all.")
    private int limit = ReadOptions.ALL;

    @Option(names = "--backwards", description = "Print the newest first, from the end or from --from.")
    private boolean backwards;

    ReadCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        StreamId wanted = Arguments.given(stream);
        ReadOptions options = (backwards ? ReadOptions.backwards() : ReadOptions.forwards()).limit(limit);
        Iterator<RecordedEvent> events = store.stream(wanted, from == null ? options : options.from(from))
                .iterator();
        if (!events.hasNext()) {
            shell().note("no events: stream '%s' is at version %s"
                    .formatted(Printable.of(wanted.value()), store.version(wanted)));
        }
        events.forEachRemaining(out::event);
        return ExitCode.OK;
    }
}
