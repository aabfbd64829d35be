package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the global log. */
@Command(
        name = "log",
        header = "Print the log: the events of all streams.",
        description = {
            "Prints events in the order of the log, the oldest first; at most 100 by default. Each line has the"
                    + " position, the time at which the event happened, stream@version, the type and the data. The"
                    + " filters are evaluated by the store."
        },
        footer = {
            "%nExamples:",
            "  headwater log --backwards --limit 10                 # the latest ten",
            "  headwater log --category order --type OrderPaid",
            "  headwater log --all --json > everything.ndjson       # with positions; to move events use 'export'"
        })
final class LogCommand extends StoreCommand {
    private static final int DEFAULT_LIMIT = 100;

    @Option(names = "--after", paramLabel = "POSITION", description = "Begin after this position, as printed.")
    private Position after = Position.START;

    @Option(names = "--before", paramLabel = "POSITION", description = "Newest first, from before this position.")
    private @Nullable Position before;

    @Option(names = "--backwards", description = "Newest first, from the end of the log.")
    private boolean backwards;

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--limit", paramLabel = "N", description = "The maximum number of events. Default: 100.")
    private @Nullable Integer limit;

    @Option(names = "--all", description = "Print all events, instead of --limit.")
    private boolean all;

    LogCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (!after.equals(Position.START) && isBackwards()) {
            throw new Failure(ExitCode.USAGE, "--after reads forwards: leave out --before and --backwards, or --after");
        }
        if (limit != null && limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is " + limit + ": at least 1 is expected");
        }
        if (limit != null && all) {
            throw new Failure(ExitCode.USAGE, "--all and --limit exclude each other: leave one out");
        }
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        Iterator<RecordedEvent> events = store.log(query()).iterator();
        RecordedEvent last = null;
        for (int printed = 0; events.hasNext() && printed < most(); printed++) {
            last = events.next();
            out.event(last);
        }
        out.flush();
        if (last == null) {
            shell().note(NothingFound.inLog(store, filter.filter(), after));
        } else if (events.hasNext()) {
            shell().note("stopped at the limit of %s; continue with %s %s, or print everything with --all"
                    .formatted(most(), isBackwards() ? "--before" : "--after", last.position()));
        }
        return ExitCode.OK;
    }

    private int most() {
        int unlimited = all ? Integer.MAX_VALUE : DEFAULT_LIMIT;
        return limit == null ? unlimited : limit;
    }

    private boolean isBackwards() {
        return backwards || before != null;
    }

    /** One event more than is printed shows whether there are more. */
    private LogQuery query() {
        LogQuery query = LogQuery.all()
                .filter(filter.filter())
                .limit(most() == Integer.MAX_VALUE ? LogQuery.UNLIMITED : most() + 1);
        if (before != null) {
            return query.before(before);
        }
        return backwards ? query.backwards() : query.after(after);
    }
}
