package io.headwater.cli.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where an import gets its lines from, in their order. Used by one thread at a time. */
public interface EventLines {

    /**
     * The next line that is not empty, or null at the end. Blocks until there is one.
     *
     * @throws BadLine if the line is no event; the lines behind it can still be asked for
     * @throws IOException if the input cannot be read on
     */
    @Nullable
    EventLine next() throws BadLine, IOException;

    /**
     * Whether {@link #next} would have to wait for the input, which has sent nothing for a moment: the time to store what came
     * before. May block for that moment.
     */
    boolean pauses() throws IOException;
}
