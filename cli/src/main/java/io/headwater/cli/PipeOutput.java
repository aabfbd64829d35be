package io.headwater.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An output whose failures name it. A pipe that its reader has closed is reported separately, because that is not an
 * error.
 */
final class PipeOutput extends FilterOutputStream {

    /** The reader of standard output has closed it. */
    static final class Closed extends IOException {
        private static final long serialVersionUID = 1L;

        Closed(IOException cause) {
            super("the output was closed by its reader", cause);
        }
    }

    /** The output could not be written for another reason, such as a full disk. */
    static final class NotWritten extends IOException {
        private static final long serialVersionUID = 1L;

        NotWritten(String name, String reason, IOException cause) {
            super(name + " cannot be written: " + reason, cause);
        }
    }

    private final String name;
    private @Nullable IOException failure;

    /** Creates an output whose name is used in messages. */
    PipeOutput(OutputStream out, String name) {
        super(out);
        this.name = name;
    }

    static PipeOutput standard(OutputStream out) {
        return new PipeOutput(out, "standard output");
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

    private IOException describe(IOException e) {
        String problem = String.valueOf(e.getMessage());
        if (problem.contains("Broken pipe")) {
            return new Closed(e);
        }
        String reason = problem.contains("Bad file descriptor") ? "it is closed" : SystemProblem.of(e);
        return new NotWritten(name, reason, e);
    }

    /** Throws an earlier failure, for writers that do not report theirs. */
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
