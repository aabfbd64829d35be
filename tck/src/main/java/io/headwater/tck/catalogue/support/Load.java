package io.headwater.tck.catalogue.support;

import io.headwater.tck.rule.Concurrently;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Writers that are busy at the same time, and a reader that looks on. */
public final class Load {
    private static final int WRITERS = 4;
    private static final int WRITES = 60;

    /** What all writers do together. */
    public static final int TOTAL = WRITERS * WRITES;

    /** What each writer does, again and again. */
    @FunctionalInterface
    public interface Write {
        void by(int writer);
    }

    private final AtomicInteger running = new AtomicInteger(WRITERS);
    private final Write write;

    public Load(Write write) {
        this.write = write;
    }

    /** Only writes. */
    public void run() throws Exception {
        Concurrently.all(writers());
    }

    /** Does this again and again while the writers write, and once more when they have ended. */
    public void whileRunning(Runnable read) throws Exception {
        List<Callable<Integer>> work = writers();
        work.add(() -> {
            while (running.get() > 0) {
                read.run();
            }
            read.run();
            return 0;
        });
        Concurrently.all(work);
    }

    private List<Callable<Integer>> writers() {
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(() -> writes(writer));
        }
        return writers;
    }

    private int writes(int writer) {
        try {
            for (int i = 0; i < WRITES; i++) {
                write.by(writer);
            }
            return WRITES;
        } finally {
            running.decrementAndGet();
        }
    }
}
