package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.StreamId;
import io.headwater.SubscriptionInfo;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionStart;
import io.headwater.cli.text.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints events as they are appended. */
@Command(
        name = "tail",
        header = "Print events as they are appended, and continue where the last run ended.",
        description = {
            "Prints the existing events from the chosen beginning, and then new events as they are appended, until"
                    + " Ctrl-C. The lines have the format of 'headwater log'. No event is skipped.",
            "",
            "With --name, the store keeps a checkpoint, and the next run continues there. The first run begins at the"
                    + " start, unless an option says otherwise. If several runs have the same name, one prints and the"
                    + " others stand by. Without --name, no checkpoint is kept, and a run begins with new events,"
                    + " unless an option says otherwise.",
            "",
            "An event counts as handled when its line is written. After Ctrl-C, SIGTERM or --limit, the next run prints"
                    + " the following events, and none twice. After kill -9 no event is lost, but those printed since"
                    + " the last checkpoint are printed again, usually those of the last fifth of a second and never"
                    + " more than 3,000; the next run waits up to six seconds for the lease of the killed one. If the"
                    + " output is appended to a file, an incomplete line stays in it, and its event is printed again on"
                    + " a line of its own."
        },
        footer = {
            "%nExamples:",
            "  headwater tail                                            # what is appended from now on",
            "  headwater tail --category order --from-beginning",
            "  headwater tail --name mailer --json | ./send-mails        # continues where it ended",
            "  headwater tail --name nightly --json --exit-when-live >> events.ndjson",
            "  headwater tail --name billing --audited --type OrderPaid  # checked with 'headwater audit'"
        })
final class TailCommand extends StoreCommand {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Keep a checkpoint in the store under this name, and continue there.")
    private @Nullable String name;

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--stream", paramLabel = "STREAM", description = "Only the stream with this id.")
    private @Nullable StreamId stream;

    @Option(names = "--limit", paramLabel = "N", description = "End after this number of events. Default: no limit.")
    private @Nullable Integer limit;

    @Option(
            names = "--exit-when-live",
            description = "End when all existing events are printed, instead of waiting for new ones.")
    private boolean exitWhenLive;

    @Option(
            names = "--audited",
            description =
                    "With --name: keep a digest of the handled events in the store, for 'headwater audit'. Later runs"
                            + " under this name do so, too.")
    private boolean audited;

    TailCommand(Shell shell) {
        super(shell);
    }

    /** The store keeps the checkpoint under the subscription's name. */
    @Override
    boolean writes() {
        return name != null;
    }

    @Override
    void check() {
        start.check();
        LogFilter chosen = filter.filter();
        if (stream != null
                && !(chosen.categories().isEmpty() && chosen.streamPrefix().isEmpty())) {
            throw new Failure(ExitCode.USAGE, "--stream excludes --category and --prefix: leave one out");
        }
        if (limit != null && limit < 1) {
            throw new Failure(ExitCode.USAGE, "--limit is " + limit + ": at least 1 is expected");
        }
        if (audited && name == null) {
            throw new Failure(ExitCode.USAGE, "--audited requires --name, under which the store keeps the audit");
        }
        boolean startsNow = start.isNow() || start.start().isEmpty();
        if (exitWhenLive && name == null && startsNow) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--exit-when-live would print nothing, since the run begins with new events: add --from-beginning,"
                            + " --after or --name");
        }
    }

    @Override
    ExitCode run(EventStore store, Output out) throws IOException {
        SubscriptionOptions options = name == null ? options() : goOn(options(), store, name);
        new Tailing(shell(), store, out, title(), limit == null ? Tailing.UNLIMITED : limit, exitWhenLive).run(options);
        return ExitCode.OK;
    }

    private String title() {
        return name == null ? "tail" : "'" + Printable.of(name) + "'";
    }

    private SubscriptionOptions options() {
        SubscriptionStart unlessTold = name == null ? new SubscriptionStart.Now() : new SubscriptionStart.Beginning();
        SubscriptionOptions chosen = (name == null
                        ? SubscriptionOptions.ephemeral()
                        : SubscriptionOptions.durable(name))
                .start(start.start().orElse(unlessTold));
        chosen = audited ? chosen.audited() : chosen;
        String[] types = filter.filter().types().toArray(String[]::new);
        if (stream == null) {
            return chosen.filter(filter.filter());
        }
        return types.length == 0 ? chosen.stream(stream) : chosen.stream(stream).types(types);
    }

    /** Reports the options of the subscription's first run that still apply, or that this run gives in vain. */
    private SubscriptionOptions goOn(SubscriptionOptions chosen, EventStore store, String kept) {
        SubscriptionInfo before = store.subscriptions().find(kept).orElse(null);
        if (before == null) {
            return chosen;
        }
        if (start.start().isPresent()) {
            shell().note("%s was begun before and continues after %s; 'headwater subscriptions reset' changes that"
                    .formatted(title(), before.position()));
        }
        if (before.audited() && !audited) {
            shell().note("%s is audited, and so is this run: otherwise 'headwater audit' would report a gap"
                    .formatted(title()));
            return chosen.audited();
        }
        return chosen;
    }
}
