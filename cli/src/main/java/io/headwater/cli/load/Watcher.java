package io.headwater.cli.load;

/** Is told how far an import is, after every line. */
@FunctionalInterface
public interface Watcher {
    void at(ImportCounts counts);
}
