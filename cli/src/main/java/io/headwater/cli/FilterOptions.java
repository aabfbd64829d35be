package io.headwater.cli;

import io.headwater.LogFilter;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options that select events of the log. */
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
            description = "Only streams whose ids begin with this text. Wildcards have no meaning in it.")
    private String prefix = "";

    LogFilter filter() {
        return new LogFilter(categories, types, prefix);
    }
}
