package io.headwater.cli;

import io.headwater.EventStores;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.core.JsonGenerator;

/** Lists the installed backends. */
@Command(
        name = "backends",
        header = "List the kinds of stores, and their options.",
        description =
                "Lists every backend that is installed: the URL that opens it, and the options that the URL takes,"
                        + " as in sqlite:events.db?busyTimeout=5s.",
        footer = {
            "%nExamples:",
            "  headwater backends",
            "  headwater backends --json | jq -r .name",
            "  BACKEND_CLASSPATH=target/filestore.jar headwater backends    # and one that you wrote"
        })
final class BackendsCommand implements Callable<Integer> {
    private final Shell shell;

    /** Every command accepts this option, so that it can be part of an alias; this command needs no store. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    BackendsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Output out = new Output(shell, common.json())) {
            for (BackendProvider backend : EventStores.backends()) {
                if (out.json()) {
                    out.object(json -> describe(backend, json));
                } else {
                    print(backend, out);
                }
            }
        }
        return ExitCode.OK.number();
    }

    /** The backend's own options, and those of every store. */
    private static List<OptionDescriptor<?>> options(BackendProvider backend) {
        return Stream.concat(backend.options().stream(), EventStores.options().stream())
                .toList();
    }

    private static void print(BackendProvider backend, Output out) {
        out.line(out.paint().bold(backend.name()));
        out.line("  URL      " + backend.urlPattern());
        out.line("  schemes  " + String.join(", ", backend.schemes()));
        for (OptionDescriptor<?> option : options(backend)) {
            out.line("  option   " + out.paint().cyan(option.name()) + " = " + option.allowed()
                    + (option.defaultText().isEmpty() ? "" : "   (default " + option.defaultText() + ")"));
            out.line("           " + option.meaning());
        }
    }

    private static void describe(BackendProvider backend, JsonGenerator json) {
        json.writeStringProperty("name", backend.name());
        json.writeStringProperty("url", backend.urlPattern());
        json.writeArrayPropertyStart("schemes");
        backend.schemes().forEach(json::writeString);
        json.writeEndArray();
        json.writeArrayPropertyStart("options");
        options(backend).forEach(option -> describe(option, json));
        json.writeEndArray();
    }

    private static void describe(OptionDescriptor<?> option, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", option.name());
        json.writeStringProperty("allowed", option.allowed());
        json.writeStringProperty("default", option.defaultText());
        json.writeStringProperty("meaning", option.meaning());
        json.writeEndObject();
    }
}
