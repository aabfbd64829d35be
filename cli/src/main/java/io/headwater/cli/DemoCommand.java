package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Demonstrates the main features on a small sample. */
@Command(
        name = "demo",
        header = "Run a demonstration on a small sample, without a server or a network.",
        description =
                "Imports invented customers, orders and loans into an SQLite file in a new temporary folder, imports"
                        + " them again, causes a conflict of two writers, reads a stream and a category, and follows"
                        + " events through a restart. The file is kept, so that you can try other commands on it.",
        footer = {"%nExamples:", "  headwater demo", "  headwater demo --keep ~/headwater-demo"})
final class DemoCommand implements Callable<Integer> {
    private static final String SAMPLE = "demo.ndjson";
    private static final String DATABASE = "demo.db";

    private final Shell shell;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "The folder to use; it is created if it does not exist.")
    private @Nullable Path folder;

    @Option(names = "--url", paramLabel = "URL", description = "The store to use, instead of an SQLite file.")
    private @Nullable String url;

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final CommonOptions common = new CommonOptions();

    DemoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Path place = folder == null ? Files.createTempDirectory("headwater-demo-") : Files.createDirectories(folder);
        Path sample = place.toAbsolutePath().normalize().resolve(SAMPLE);
        copySample(sample);
        String target = url == null ? "sqlite:" + escaped(sample.resolveSibling(DATABASE)) : url;
        try (EventStore store = EventStores.open(target);
                Output out = new Output(shell, false)) {
            new DemoScript(store, new DemoText(out), target, sample).run();
            MemoryStores.warn(store, out, shell);
        }
        return ExitCode.OK.number();
    }

    private static void copySample(Path sample) throws IOException {
        try (InputStream in = Arguments.given(DemoCommand.class.getResourceAsStream(SAMPLE))) {
            Files.copy(in, sample, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The path in the form that a URL requires. */
    private static String escaped(Path path) {
        return path.toString().replace("%", "%25").replace("?", "%3F");
    }
}
