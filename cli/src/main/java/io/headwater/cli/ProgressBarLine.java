package io.headwater.cli;

import io.headwater.cli.text.Figures;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with the rate and the remaining time. */
final class ProgressBarLine implements ProgressDisplay {
    private static final int UPDATE_MILLIS = 200;

    private final ProgressTask task;
    private final ProgressBar bar;
    private final long start = System.nanoTime();

    ProgressBarLine(Shell shell, ProgressTask task) {
        this.task = task;
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
    public void at(long done, long count) {
        if (count % task.between() == 0) {
            bar.stepTo(done);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            bar.setExtraMessage(Figures.count(Figures.rate(count, time)) + " " + task.noun() + "s/s");
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}
