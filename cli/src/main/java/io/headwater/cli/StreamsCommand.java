package io.headwater.cli;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import io.headwater.cli.text.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists streams. */
@Command(
        name = "streams",
        header = "List streams by id.",
        description = {
            "Lists streams in the order of their ids, at most 100 by default. EVENTS is how many can be read: fewer"
                    + " than VERSION after a deletion or truncation.",
        },
        footer = {
            "%nExamples:",
            "  headwater streams --prefix order-",
            "  headwater streams --after order-1099 --limit 1000 --json"
        })
final class StreamsCommand extends StoreCommand {
    /** The rows are held in memory, to align them. */
    private static final int MOST = 100_000;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            converter = NotEmpty.class,
            description = "Only streams whose ids begin with this text. Wildcards have no meaning in it.")
    private String prefix = "";

    @Option(names = "--after", paramLabel = "STREAM", description = "Begin after this stream.")
    private @Nullable StreamId after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "The maximum number of streams. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    StreamsCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (limit < 1 || limit > MOST) {
            throw new Failure(ExitCode.USAGE, "--limit is " + limit + ": 1 to " + MOST + " is expected");
        }
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        List<StreamInfo> found = StoreFacets.of(store, StreamCatalog.class, Capability.STREAM_CATALOG)
                .streams(prefix, Optional.ofNullable(after), limit + 1);
        List<StreamInfo> shown = found.subList(0, Math.min(limit, found.size()));
        if (out.json()) {
            shown.forEach(stream -> printJson(stream, out));
        } else {
            out.table(table(shown));
        }
        out.flush();
        if (found.isEmpty() && after == null) {
            shell().note(NothingFound.inCatalog(store, prefix));
        }
        if (found.size() > limit) {
            shell().note("stopped at the limit of %s; continue with --after '%s'"
                    .formatted(limit, Printable.of(shown.get(limit - 1).stream().value())));
        }
        return ExitCode.OK;
    }

    private static void printJson(StreamInfo stream, Output out) {
        out.object(json -> {
            json.writeStringProperty("stream", stream.stream().value());
            json.writeNumberProperty("version", stream.version());
            json.writeNumberProperty("events", stream.events());
            json.writeStringProperty("state", state(stream));
        });
    }

    private static TextTable table(List<StreamInfo> streams) {
        TextTable table = new TextTable("STREAM", ">VERSION", ">EVENTS", "STATE");
        streams.forEach(stream -> table.row(
                stream.stream().value(),
                Figures.count(stream.version()),
                Figures.count(stream.events()),
                state(stream)));
        return table;
    }

    private static String state(StreamInfo stream) {
        return stream.state().name().toLowerCase(Locale.ROOT);
    }
}
