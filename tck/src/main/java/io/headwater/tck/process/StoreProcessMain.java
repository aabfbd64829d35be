package io.headwater.tck.process;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.StreamId;
import io.headwater.spi.HeldAppends;
import io.headwater.tck.process.Frames.Content;
import io.headwater.tck.process.Frames.Frame;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The other process: opens the store of the first message, and answers the others until there are no more. */
final class StoreProcessMain {
    static final int APPEND = 1;
    static final int VERSION = 2;
    static final int HOLD = 3;
    static final int FACET = 4;
    static final int CALL = 5;

    private final EventStore store;
    private final DataOutputStream out;

    private StoreProcessMain(EventStore store, DataOutputStream out) {
        this.store = store;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        // What else prints must not get between the answers.
        System.setOut(System.err);
        DataInputStream in = new DataInputStream(System.in);
        Frame first = Frames.read(in);
        try (EventStore store = EventStores.open(Wire.readConfig(first.reader()))) {
            Frames.write(out, new Frame(first.number(), new byte[0]));
            new StoreProcessMain(store, out).answerAll(in);
        }
        System.exit(0);
    }

    private void answerAll(DataInputStream in) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            while (true) {
                Frame request = Frames.read(in);
                threads.execute(() -> answer(request));
            }
        } catch (EOFException noMoreRequests) {
            threads.shutdown();
        }
    }

    private void answer(Frame request) {
        byte[] answer;
        try {
            answer = answer(request.reader());
        } catch (IOException | RuntimeException failure) {
            answer = answer(false, to -> Wire.write(to, failure));
        }
        try {
            Frames.write(out, new Frame(request.number(), answer));
        } catch (IOException readerIsGone) {
            System.exit(1);
        }
    }

    private byte[] answer(DataInputStream request) throws IOException {
        switch (request.read()) {
            case APPEND -> {
                var outcome = store.tryAppend(Wire.readRequest(request));
                return answer(true, to -> Wire.write(to, outcome));
            }
            case HOLD -> {
                store.facet(HeldAppends.class).orElseThrow().hold(Wire.readRequest(request));
                return answer(true, to -> {});
            }
            case FACET -> {
                boolean there = store.facet(type(request)).isPresent();
                return answer(true, to -> Values.write(to, there));
            }
            case CALL -> {
                Object outcome = call(request);
                return answer(true, to -> Values.write(to, outcome));
            }
            default -> {
                long version = store.version(StreamId.of(request.readUTF()));
                return answer(true, to -> to.writeLong(version));
            }
        }
    }

    private @Nullable Object call(DataInputStream request) throws IOException {
        Class<?> type = type(request);
        String signature = request.readUTF();
        Method called = Arrays.stream(type.getMethods())
                .filter(method -> method.toString().equals(signature))
                .findFirst()
                .orElseThrow();
        Object target = type == EventStore.class ? store : store.facet(type).orElseThrow();
        List<?> arguments = (List<?>) Objects.requireNonNull(Values.read(request));
        try {
            return called.invoke(target, arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IOException(e);
        }
    }

    private static Class<?> type(DataInputStream request) throws IOException {
        try {
            return Class.forName(request.readUTF());
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static byte[] answer(boolean done, Content content) {
        return Frames.bytes(to -> {
            to.writeBoolean(done);
            content.writeTo(to);
        });
    }
}
