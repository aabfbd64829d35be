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
        header = "Print events as they are appended, and go on where the last run ended.",
        description = {
            "Prints the events that are there from the chosen beginning on, and then new ones as they are appended, until"
                    + " Ctrl-C. Lines are those of 'headwater log'. No event is skipped.",
            "",
            "With --name the store keeps how far it came, and the next run goes on there: from the beginning, unless an"
                    + " option says otherwise the first time. Of several that run under a name one prints; the others stand by."
                    + " Without --name nothing is kept, and it begins now, unless an option says otherwise.",
            "",
            "An event counts as handled when its line is written out. After Ctrl-C, SIGTERM or --limit the next run prints"
                    + " what follows, and nothing twice. After kill -9 nothing is lost, but what was printed since the last"
                    + " checkpoint comes again, usually that of the last fifth of a second and never more than 3,000 events;"
                    + " the next run waits up to six seconds for the killed one. Appended to a file, a line that was cut off"
                    + " stays, and its event is printed again on a line of its own."
        },
        footer = {
            "%nExamples:",
            "  headwater tail                                            # what is appended from now on",
            "  headwater tail --category order --from-beginning",
            "  headwater tail --name mailer --json | ./send-mails        # goes on where it was",
            "  headwater tail --name nightly --json --exit-when-live >> events.ndjson",
            "  headwater tail --name billing --audited --type OrderPaid  # checked with 'headwater audit'"
        })
final class TailCommand extends StoreCommand {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Keep in the store, under this name, how far it came, and go on there.")
    private @Nullable String name;

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--stream", paramLabel = "STREAM", description = "Only this stream, by its id.")
    private @Nullable StreamId stream;

    @Option(names = "--limit", paramLabel = "N", description = "End after so many events. Default: none.")
    private @Nullable Integer limit;

    @Option(names = "--exit-when-live", description = "End when all there was is printed, instead of waiting for more.")
    private boolean exitWhenLive;

    @Option(
            names = "--audited",
            description =
                    "With --name: have the store keep a digest of what was handled, for 'headwater audit'. Later runs"
                            + " under the name do so, too.")
    private boolean audited;

    TailCommand(Shell shell) {
        super(shell);
    }

    /** Under a name the store keeps how far it came. */
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
            throw new Failure(ExitCode.USAGE, "--audited needs --name: the store keeps the audit under it");
        }
        boolean startsNow = start.isNow() || start.start().isEmpty();
        if (exitWhenLive && name == null && startsNow) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--exit-when-live would print nothing, as it begins now: add --from-beginning, --after or --name");
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

    /** As the subscription was begun: what was chosen then and does not count now, or counts still, is said. */
    private SubscriptionOptions goOn(SubscriptionOptions chosen, EventStore store, String kept) {
        SubscriptionInfo before = store.subscriptions().find(kept).orElse(null);
        if (before == null) {
            return chosen;
        }
        if (start.start().isPresent()) {
            shell().note("%s was begun before and goes on after %s; 'headwater subscriptions reset' sets it back"
                    .formatted(title(), before.position()));
        }
        if (before.audited() && !audited) {
            shell().note("%s is audited, and so is this run, as 'headwater audit' would find the gap"
                    .formatted(title()));
            return chosen.audited();
        }
        return chosen;
    }
}
