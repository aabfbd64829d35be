package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.SubscriptionInfo;
import io.headwater.cli.text.Printable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** A command that works on one durable subscription. */
abstract class SubscriptionCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "NAME", description = "The subscription's name.")
    private @Nullable String name;

    SubscriptionCommand(Shell shell) {
        super(shell);
    }

    /** Runs the command, on a subscription that exists. */
    abstract ExitCode run(EventStore store, SubscriptionInfo subscription, Output out) throws IOException;

    @Override
    final ExitCode run(EventStore store, Output out) throws IOException {
        return run(store, find(store, Arguments.given(name)), out);
    }

    static SubscriptionInfo find(EventStore store, String name) {
        return store.subscriptions()
                .find(name)
                .orElseThrow(() -> new Failure(
                        ExitCode.REFUSED,
                        "there is no subscription '%s' in this store; 'headwater subscriptions' lists those there are"
                                .formatted(Printable.of(name))));
    }

    static String quoted(SubscriptionInfo subscription) {
        return "'" + Printable.of(subscription.name()) + "'";
    }
}
