package io.headwater.cli;

import io.headwater.cli.text.Figures;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that fills, with the rate and the time it will still take. */
final class ProgressBarLine implements Progress {
    private static final int EVENTS_BETWEEN_LOOKS = 1024;
    private static final int UPDATE_MILLIS = 200;

    private final ProgressBar bar;
    private final long start = System.nanoTime();

    ProgressBarLine(Shell shell, ProgressTask task) {
        bar = new ProgressBarBuilder()
                .setTaskName(task.name())
                .setInitialMax(task.total())
                .setUnit(task.unit(), task.unitSize())
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(
                        shell.err(), shell.terminals().width()))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void at(long done, long events) {
        if (events % EVENTS_BETWEEN_LOOKS == 0) {
            bar.stepTo(done);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            bar.setExtraMessage(Figures.count(Figures.rate(events, time)) + " events/s");
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
