package io.headwater.benchmarks;

import java.time.Duration;

/** Sends values that contain the time at which they were sent. */
interface Sender {

    /** Sends at random times for this long, at this average rate per second. Returns the number sent. */
    int send(int perSecond, Duration time) throws Exception;
}
