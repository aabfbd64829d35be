package io.headwater.cli;

import io.headwater.cli.text.Figures;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A line every five seconds, for log files. */
final class ProgressLines implements ProgressDisplay {
    private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

    private final Shell shell;
    private final ProgressTask task;
    private final LongSupplier nanos;
    private final long start;
    private long next;

    ProgressLines(Shell shell, ProgressTask task) {
        this(shell, task, System::nanoTime);
    }

    /** Creates it with a clock that counts nanoseconds from an arbitrary origin. */
    ProgressLines(Shell shell, ProgressTask task, LongSupplier nanos) {
        this.shell = shell;
        this.task = task;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.next = start + INTERVAL;
    }

    @Override
    public void at(long done, long count) {
        long now = nanos.getAsLong();
        if (count % task.between() != 0 || now - next < 0) {
            return;
        }
        next += INTERVAL;
        Duration time = Duration.ofNanos(now - start);
        String share = task.total() > 0 ? " (" + done * 100 / task.total() + "%)" : "";
        shell.note("%s: %s%s, %s a second%s"
                .formatted(
                        task.name(),
                        Figures.count(count, task.noun()),
                        share,
                        Figures.count(Figures.rate(count, time)),
                        left(done, time)));
    }

    /** The remaining time at the rate so far. */
    private String left(long done, Duration time) {
        long rest = task.total() - done;
        if (task.total() <= 0 || done <= 0 || rest < 0) {
            return "";
        }
        return ", %s left".formatted(Figures.time(Duration.ofMillis((long) ((double) time.toMillis() * rest / done))));
    }

    @Override
    public void close() {}
}
