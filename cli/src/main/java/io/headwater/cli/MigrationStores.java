package io.headwater.cli;

import io.headwater.Diagnostics;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.cli.plan.PlanFile;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The two stores of a migration, while a command works on them.
 *
 * @param source opened read-only
 * @param target the store that events go to
 */
record MigrationStores(EventStore source, EventStore target) implements AutoCloseable {
    private static final String FROM_PASSWORD = "HEADWATER_FROM_PASSWORD";
    private static final String TO_PASSWORD = "HEADWATER_TO_PASSWORD";
    private static final String PASSWORD = "password";

    /** With a target that is created if it does not exist. */
    static MigrationStores openOrCreate(PlanFile plan, Shell shell) {
        EventStore source = StoreOptions.openToRead(from(plan, shell.environment()));
        return with(source, () -> StoreOptions.openOrCreate(to(plan, shell.environment())));
    }

    /** With a target that must exist. */
    static MigrationStores openToRead(PlanFile plan, Shell shell) {
        EventStore source = StoreOptions.openToRead(from(plan, shell.environment()));
        return with(source, () -> StoreOptions.openToRead(to(plan, shell.environment())));
    }

    private static MigrationStores with(EventStore source, Supplier<EventStore> target) {
        try {
            return new MigrationStores(source, target.get());
        } catch (RuntimeException failed) {
            source.close();
            throw failed;
        }
    }

    /** What the source says of all its events; -1 if it does not. */
    long expectedEvents() {
        Map<String, String> facts =
                source.facet(Diagnostics.class).map(Diagnostics::describe).orElse(Map.of());
        return Long.parseLong(facts.getOrDefault("events", "-1"));
    }

    static EventStoreConfig from(PlanFile plan, Map<String, String> environment) {
        return config(plan.from(), environment.getOrDefault(FROM_PASSWORD, ""));
    }

    static EventStoreConfig to(PlanFile plan, Map<String, String> environment) {
        return config(plan.to(), environment.getOrDefault(TO_PASSWORD, ""));
    }

    private static EventStoreConfig config(String url, String password) {
        EventStoreConfig config = EventStoreConfig.of(url);
        return password.isEmpty() ? config : config.with(PASSWORD, password);
    }

    /** Refuses what would be written into a file for all to read. */
    static void refuseSecrets(String option, String url, String variable) {
        if (EventStoreConfig.of(url).toString().contains("***")) {
            throw new Failure(
                    ExitCode.USAGE,
                    "%s has a password, which would be written into the plan: leave it out, and set %s"
                            .formatted(option, variable));
        }
    }

    /** Checks both URLs, before anything is opened. */
    static void refuseSecrets(PlanFile plan) {
        refuseSecrets("--from", plan.from(), FROM_PASSWORD);
        refuseSecrets("--to", plan.to(), TO_PASSWORD);
    }

    @Override
    public void close() {
        try {
            target.close();
        } finally {
            source.close();
        }
    }
}
