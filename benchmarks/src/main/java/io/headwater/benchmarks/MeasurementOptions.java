package io.headwater.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the measurements. The defaults depend on the option for a quick run. */
final class MeasurementOptions {
    @Option(names = "--quick", description = "a rough picture in about 3 minutes")
    private boolean quick;

    @Option(names = "--seconds", description = "length of one measurement (default: 1)")
    private @Nullable Double seconds;

    @Option(names = "--rounds", description = "rounds that count (default: 5)")
    private @Nullable Integer rounds;

    @Option(names = "--events", description = "events of the log that is read (default: 200000)")
    private @Nullable Integer events;

    @Option(names = "--batches", split = ",", description = "events of one append (default: 1,10,100)")
    private @Nullable List<Integer> batches;

    @Option(names = "--writers", split = ",", description = "threads that append (default: 1,8,32)")
    private @Nullable List<Integer> writers;

    @Option(
            names = "--rate",
            description = "events per second while the latency under load is measured (default: 1000)")
    private @Nullable Integer rate;

    Settings settings(Consumer<String> progress) {
        return new Settings(
                Duration.ofNanos((long) (orElse(seconds, quick ? 0.2 : 1.0) * 1e9)),
                1,
                orElse(rounds, quick ? 3 : 5),
                orElse(events, quick ? 30_000 : 200_000),
                orElse(batches, quick ? List.of(1, 100) : List.of(1, 10, 100)),
                orElse(writers, List.of(1, 8, 32)),
                orElse(rate, 1000),
                progress);
    }

    private static <T> T orElse(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
