package io.headwater.verification.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Headwater logs of a subject at WARN (WARNING here) and ERROR (SEVERE here) until it is closed. */
final class CapturedLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.headwater");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final String subject;

    private CapturedLog(String subject) {
        this.subject = subject;
    }

    /** Messages that hold this text: other tests may log at the same time. */
    static CapturedLog about(String subject) {
        CapturedLog log = new CapturedLog(subject);
        log.logger.addHandler(log);
        return log;
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue()
                && String.valueOf(record.getMessage()).contains(subject)) {
            records.add(record);
        }
    }

    List<LogRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
