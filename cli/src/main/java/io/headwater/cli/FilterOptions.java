package io.headwater.cli;

import io.headwater.LogFilter;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which events of the log a command is about. */
final class FilterOptions {
    @Option(
            names = "--category",
            paramLabel = "NAME",
            converter = NotEmpty.class,
            description = "Only streams of this category: the text before the first '-' of their ids. Repeatable.")
    private Set<String> categories = new LinkedHashSet<>();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            converter = NotEmpty.class,
            description = "Only events of this type. Repeatable.")
    private Set<String> types = new LinkedHashSet<>();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            converter = NotEmpty.class,
            description = "Only streams whose ids begin with this text; it holds no wildcards.")
    private String prefix = "";

    LogFilter filter() {
        return new LogFilter(categories, types, prefix);
    }
}
