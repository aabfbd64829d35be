package io.headwater.migration;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an input, in their order. A format implements it; {@link Importer#run} calls it from one thread. The lines MUST be the
 * same, in the same order, in every run, apart from lines that were added at the end.
 */
public interface EventLines {

    /**
     * The next line that is not empty, or null at the end of the input. Blocks until there is one.
     *
     * @throws BadLine if the line is no event; the next call returns the line after it
     * @throws IOException if reading fails; the import ends
     */
    @Nullable
    EventLine next() throws BadLine, IOException;

    /**
     * Whether {@link #next} would have to wait, because the input has sent nothing for a moment. The import then stores the lines
     * that it holds back for a larger batch. MAY block for that moment; an input that never waits, such as a file, returns false.
     *
     * @throws IOException if reading fails; the import ends
     */
    boolean pauses() throws IOException;
}
