package io.headwater.benchmarks;

import java.time.Duration;

/** Sends something that carries the time at which it was sent. */
interface Sender {

    /** Sends at random times for this long, so often per second on average. Returns how often. */
    int send(int perSecond, Duration time) throws Exception;
}
