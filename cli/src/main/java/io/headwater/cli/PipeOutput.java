package io.headwater.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells a closed pipe from other failures: then nobody wants to read on, which is no error. */
final class PipeOutput extends FilterOutputStream {

    /** Standard output has no reader any more. */
    static final class Closed extends IOException {
        private static final long serialVersionUID = 1L;

        Closed(IOException cause) {
            super("the reader of the output went away", cause);
        }
    }

    PipeOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw String.valueOf(e.getMessage()).contains("Broken pipe") ? new Closed(e) : e;
        }
    }
}
