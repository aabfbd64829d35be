package io.headwater.cli;

import org.jspecify.annotations.Nullable;

/** Arguments that picocli guarantees to be set, which the compiler cannot know. */
final class Arguments {
    private Arguments() {}

    static <T> T given(@Nullable T argument) {
        if (argument == null) {
            throw new IllegalStateException("a required argument was not set");
        }
        return argument;
    }
}
