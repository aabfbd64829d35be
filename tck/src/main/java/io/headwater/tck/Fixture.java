package io.headwater.tck;

import io.headwater.ConfigurationException;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Limits;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.History;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleContext;
import java.util.Set;

/** Checks the set-up before any rule runs, so that a mistake in it does not look like a fault of the store. */
final class Fixture {
    private static final String WRONG_OPTION = "noSuchOption";

    private final Set<Need> offers;
    private final RuleContext context;
    private final Stores stores;

    Fixture(Stores stores, Set<Need> offers, Tck.Settings settings) {
        Rule rule = Rule.must("Z0.0", "the set-up is right", nothing -> {}).needs(offers.toArray(Need[]::new));
        this.stores = stores;
        this.offers = offers;
        this.context = new RuleContext(rule, stores, settings.seed(), settings.timeScale(), false, new History());
    }

    void check() {
        try {
            limitsArePositive(context.store().capabilities().limits());
            if (offers.contains(Need.SECOND_INSTANCE)) {
                instancesShareData();
            }
            if (offers.contains(Need.SECOND_PROCESS)) {
                processesShareData();
            }
            if (offers.contains(Need.CONFIGURATION)) {
                wrongOptionIsRefused();
            }
        } finally {
            stores.closeOthers();
        }
    }

    private static void limitsArePositive(Limits limits) {
        Expect.that(
                limits.maxEventBytes() > 0
                        && limits.maxEventsPerAppend() > 0
                        && limits.maxAppendBytes() > 0
                        && limits.maxStreamsPerAppend() > 0,
                "the declared limits are not positive: " + limits
                        + "; declare what the storage takes, at least Limits.MIN: " + Limits.MIN);
    }

    private void instancesShareData() {
        EventStore other = context.another();
        StreamId stream = context.stream();
        context.store().append(stream, ExpectedVersion.any(), context.event());
        Expect.equal(
                "version that a second instance sees of '" + stream
                        + "' (stores of one URL share their events; if they cannot, say without(Need.SECOND_INSTANCE,"
                        + " ...))",
                1L,
                other.version(stream));
    }

    private void processesShareData() {
        StreamId stream = context.stream();
        context.store().append(stream, ExpectedVersion.any(), context.event());
        Expect.equal(
                "version that a second process sees of '" + stream
                        + "' (if the storage is not for several processes, say" + " without SECOND_PROCESS, and why)",
                1L,
                context.process().version(stream));
    }

    /** If anything goes, the options of this set-up may mean nothing. */
    private void wrongOptionIsRefused() {
        Expect.thrown(
                ConfigurationException.class,
                "opening with the option " + WRONG_OPTION,
                () -> EventStores.open(context.config().with(WRONG_OPTION, "1")).close());
    }
}
