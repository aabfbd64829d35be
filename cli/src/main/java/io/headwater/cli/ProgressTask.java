package io.headwater.cli;

/**
 * What a progress display is about.
 *
 * @param name what is done
 * @param total how much there is to do, or {@link #UNKNOWN}
 * @param unit in what it is shown
 * @param unitSize how much of it makes one of the unit
 */
record ProgressTask(String name, long total, String unit, long unitSize) {
    static final long UNKNOWN = -1;

    static ProgressTask ofBytes(String name, long total) {
        return new ProgressTask(name, total, " kB", 1000);
    }

    static ProgressTask ofEvents(String name, long total) {
        return new ProgressTask(name, total, " events", 1);
    }
}
