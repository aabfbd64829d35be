package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.tck.rule.Rule.must;

import io.headwater.Capability;
import io.headwater.ConfigurationException;
import io.headwater.EventData;
import io.headwater.EventStoreConfig;
import io.headwater.EventStoreException;
import io.headwater.EventStoreException.Retry;
import io.headwater.EventStores;
import io.headwater.LimitExceeded;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.WrongExpectedVersion;
import io.headwater.spi.OptionDescriptor;
import io.headwater.tck.catalogue.support.Unguarded;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.Optional;

/** What failures say (E1, E3). */
final class ErrorRules {
    private static final String NONSENSE = "no such value";

    static final RuleGroup GROUP = RuleGroup.of(
            "errors",
            must("E1.1", "a refused request names the backend and the operation, and says not to retry", rule -> {
                List<EventData> tooMany =
                        rule.events(rule.store().capabilities().limits().maxEventsPerAppend() + 1);
                LimitExceeded thrown = Expect.thrown(
                        LimitExceeded.class,
                        "append over the limit",
                        () -> rule.store().append(rule.stream(), any(), tooMany));
                says(rule, thrown, "append");
            }),
            must("E1.2", "a conflict names the backend and the operation, and says not to retry", rule -> {
                WrongExpectedVersion thrown = Expect.thrown(
                        WrongExpectedVersion.class,
                        "append at version 0 expecting 5",
                        () -> rule.store().append(rule.stream(), exactly(5), rule.event()));
                says(rule, thrown, "append");
            }),
            must("E1.3", "the message of a conflict names the stream, the expected and the actual version", rule -> {
                StreamId stream = rule.stream();
                rule.write(stream, 7);
                WrongExpectedVersion thrown = Expect.thrown(
                        WrongExpectedVersion.class,
                        "append at version 7 expecting 5",
                        () -> rule.store().append(stream, exactly(5), rule.event()));
                names(thrown, stream.value(), "5", "7");
            }),
            must(
                            "E1.4",
                            "StreamDeleted names the backend, the operation and the stream, and says not to retry",
                            rule -> {
                                StreamId stream = rule.stream();
                                rule.admin().tombstone(stream, any());
                                StreamDeleted thrown = Expect.thrown(
                                        StreamDeleted.class,
                                        "read of a tombstoned stream",
                                        () -> rule.store().readStream(stream));
                                says(rule, thrown, "readStream");
                                names(thrown, stream.value());
                            })
                    .requires(Capability.STREAM_ADMIN),
            must(
                            "E3.1",
                            "an unknown scheme is refused with a message that names it and the installed schemes",
                            rule -> {
                                String known = rule.config().url().scheme();
                                names(refused(EventStoreConfig.of("nosuchscheme:x")), "nosuchscheme", known);
                            })
                    .needs(Need.CONFIGURATION),
            must("E3.2", "an unknown option is refused with a message that names it and the existing options", rule -> {
                        ConfigurationException refusal = refused(rule.config().with("noSuchOption", "1"));
                        names(refusal, "noSuchOption");
                        Unguarded.provider(rule.config()).options().forEach(option -> names(refusal, option.name()));
                    })
                    .needs(Need.CONFIGURATION),
            must(
                            "E3.3",
                            "an invalid value is refused with a message that names the option, the value and the allowed values",
                            rule -> Unguarded.provider(rule.config()).options().stream()
                                    .filter(ErrorRules::isParticular)
                                    .forEach(option -> names(
                                            refused(rule.config().with(option.name(), NONSENSE)),
                                            option.name(),
                                            NONSENSE,
                                            option.allowed())))
                    .needs(Need.CONFIGURATION),
            must("E3.4", "no message contains a secret", rule -> {
                        EventStoreConfig config = rule.config().with("noSuchPassword", "hunter2");
                        ConfigurationException refusal = refused(config);
                        Expect.that(!("" + refusal).contains("hunter2"), "the refusal shows the secret: " + refusal);
                        Expect.that(
                                !("" + config).contains("hunter2"), "the configuration shows the secret: " + config);
                    })
                    .needs(Need.CONFIGURATION));

    private ErrorRules() {}

    private static void says(RuleContext rule, EventStoreException thrown, String operation) {
        Expect.equal("backend of " + thrown, Optional.of(rule.store().backend()), thrown.backend());
        Expect.equal("operation of " + thrown, Optional.of(operation), thrown.operation());
        Expect.equal("retry of " + thrown, Retry.NEVER, thrown.retry());
    }

    private static void names(Exception thrown, String... parts) {
        for (String part : parts) {
            Expect.that(
                    ("" + thrown.getMessage()).contains(part), "'" + thrown.getMessage() + "' does not name " + part);
        }
    }

    private static ConfigurationException refused(EventStoreConfig config) {
        return Expect.thrown(
                ConfigurationException.class,
                "opening " + config,
                () -> EventStores.open(config).close());
    }

    /** Whether the option takes only some values. */
    private static boolean isParticular(OptionDescriptor<?> option) {
        try {
            option.parse(NONSENSE);
            return false;
        } catch (ConfigurationException refused) {
            return true;
        }
    }
}
