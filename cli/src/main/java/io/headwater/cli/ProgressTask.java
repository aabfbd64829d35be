package io.headwater.cli;

/**
 * Describes the task of a progress display.
 *
 * @param name the name of the task
 * @param total the total amount, or {@link #UNKNOWN}
 * @param unit the unit in which the amount is shown
 * @param unitSize how much of the amount is one unit
 * @param noun what is counted
 * @param between how many counts pass between two updates of the display
 */
record ProgressTask(String name, long total, String unit, long unitSize, String noun, int between) {
    static final long UNKNOWN = -1;

    private static final int MANY = 1024;

    static ProgressTask ofBytes(String name, long total) {
        return new ProgressTask(name, total, " kB", 1000, "event", MANY);
    }

    static ProgressTask ofCopy(String name, long bytes) {
        return new ProgressTask(name, bytes, " MB", 1_000_000, "megabyte", 1);
    }

    static ProgressTask ofEvents(String name, long total) {
        return new ProgressTask(name, total, " events", 1, "event", MANY);
    }

    /** Events of which many are done at once. */
    static ProgressTask ofBatches(String name, long total) {
        return new ProgressTask(name, total, " events", 1, "event", 1);
    }

    static ProgressTask ofRules(String name, long total) {
        return new ProgressTask(name, total, " rules", 1, "rule", 1);
    }

    static ProgressTask ofScripts(String name, long total) {
        return new ProgressTask(name, total, " scripts", 1, "script", 1);
    }
}
