package io.headwater.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Tells a closed pipe from other failures: then nobody wants to read on, which is no error. */
final class PipeOutput extends FilterOutputStream {

    /** Standard output has no reader any more. */
    static final class Closed extends IOException {
        private static final long serialVersionUID = 1L;

        Closed(IOException cause) {
            super("the reader of the output went away", cause);
        }
    }

    private @Nullable IOException failure;

    PipeOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = describe(e);
            throw failure;
        }
    }

    private static IOException describe(IOException e) {
        String problem = String.valueOf(e.getMessage());
        if (problem.contains("Broken pipe")) {
            return new Closed(e);
        }
        return problem.contains("Bad file descriptor") ? new IOException("standard output is closed", e) : e;
    }

    /** Throws what went wrong before, for writers that keep it to themselves. */
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
