package io.headwater.cli;

import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.StoreSchema;
import io.headwater.cli.text.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A subcommand that works on the tables of a store without opening it. */
abstract class OnSchema implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    OnSchema(Shell shell) {
        this.shell = shell;
    }

    /** Runs the command; the output is closed afterwards. */
    abstract ExitCode run(StoreSchema schema, Output out) throws IOException;

    @Override
    public final Integer call() throws IOException {
        EventStoreConfig config = store.config(shell.environment());
        StoreSchema schema = EventStores.schema(config)
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE,
                        "stores of the scheme '%s' have no tables to create: their storage is created when a store is opened"
                                .formatted(config.url().scheme())));
        try (Output out = new Output(shell, common.json())) {
            return run(schema, out).number();
        }
    }

    final Shell shell() {
        return shell;
    }

    /** The store's URL without secrets. */
    final String url() {
        return store.config(shell.environment()).toString();
    }

    /** The effect of the missing steps, if a store of an older format exists (L3). */
    static Optional<String> effect(StoreSchema schema) {
        OptionalInt format = schema.format();
        if (format.isEmpty() || format.getAsInt() >= schema.newestFormat()) {
            return Optional.empty();
        }
        return Optional.of("it goes from format %s to format %s, versions that know only format %s will refuse it"
                .formatted(format.getAsInt(), schema.newestFormat(), format.getAsInt()));
    }

    /** Prints one JSON object, or a line for each step. */
    static void print(List<String> steps, String name, Output out) {
        if (out.json()) {
            out.object(json -> {
                json.writeArrayPropertyStart(name);
                steps.forEach(json::writeString);
                json.writeEndArray();
            });
        } else {
            steps.stream().map(Printable::of).forEach(out::line);
        }
    }
}
