package io.headwater.benchmarks;

import java.nio.file.Path;

/** What is measured on one backend, and where its storage and its figures go. */
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
