package io.headwater.tck.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Messages on a pipe: a length, a number that the answer bears, too, and bytes. */
final class Frames {
    private Frames() {}

    /** Says what is in a message. */
    interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** A message. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(int number, byte[] content) {
        DataInputStream reader() {
            return new DataInputStream(new ByteArrayInputStream(content));
        }
    }

    static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes a whole message, atomically for all threads. */
    static void write(DataOutputStream out, Frame frame) throws IOException {
        synchronized (out) {
            out.writeInt(frame.number());
            out.writeInt(frame.content().length);
            out.write(frame.content());
            out.flush();
        }
    }

    /** The next message. Throws {@link java.io.EOFException} when there is none, or only a part of one. */
    static Frame read(DataInputStream in) throws IOException {
        int number = in.readInt();
        byte[] content = new byte[in.readInt()];
        in.readFully(content);
        return new Frame(number, content);
    }
}
