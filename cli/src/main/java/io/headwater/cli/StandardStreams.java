package io.headwater.cli;

import java.util.List;

/** Names of the standard streams of the process. If they were opened as files, data of some of them would be lost. */
final class StandardStreams {
    /** The name of standard input and output where a file is expected. */
    static final String DASH = "-";

    private static final List<String> INPUTS = List.of(DASH, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");
    private static final List<String> OUTPUTS = List.of(DASH, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

    private StandardStreams() {}

    static boolean isInput(String file) {
        return INPUTS.contains(file);
    }

    static boolean isOutput(String file) {
        return OUTPUTS.contains(file);
    }
}
