package io.headwater.benchmarks;

import java.nio.file.Path;

/** A benchmark of one backend, with the folder for its storage and the report for its figures. */
abstract class Benchmark {
    final Target target;
    final Settings settings;
    final Path folder;
    final Report report;

    Benchmark(Target target, Settings settings, Path folder, Report report) {
        this.target = target;
        this.settings = settings;
        this.folder = folder;
        this.report = report;
    }
}
