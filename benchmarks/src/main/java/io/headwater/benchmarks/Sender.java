package io.headwater.benchmarks;

import java.time.Duration;

/** Appends events that carry the time at which they were sent. */
interface Sender {

    /** Appends at random times for this long, so many events per second on average. Returns how many they were. */
    int send(int perSecond, Duration time) throws Exception;
}
