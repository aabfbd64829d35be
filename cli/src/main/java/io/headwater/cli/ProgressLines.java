package io.headwater.cli;

import io.headwater.cli.text.Figures;
import java.time.Duration;

/** A line every five seconds, for logs. */
final class ProgressLines implements Progress {
    private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

    private final Shell shell;
    private final ProgressTask task;
    private final long start = System.nanoTime();
    private long next = start + INTERVAL;

    ProgressLines(Shell shell, ProgressTask task) {
        this.shell = shell;
        this.task = task;
    }

    @Override
    public void at(long done, long count) {
        if (count % task.between() != 0 || System.nanoTime() - next < 0) {
            return;
        }
        next += INTERVAL;
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        String share = task.total() > 0 ? " (" + done * 100 / task.total() + "%)" : "";
        shell.note("%s: %s%s, %s a second%s"
                .formatted(
                        task.name(),
                        Figures.count(count, task.noun()),
                        share,
                        Figures.count(Figures.rate(count, time)),
                        left(done, time)));
    }

    /** How long the rest takes at the rate so far. */
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
