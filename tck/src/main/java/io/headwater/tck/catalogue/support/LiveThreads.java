package io.headwater.tck.catalogue.support;

import java.util.Set;
import java.util.stream.Collectors;

/** Threads of this process, to see which of them a store leaves behind. */
public final class LiveThreads {
    private LiveThreads() {}

    public static Set<Thread> now() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    public static long newSince(Set<Thread> before) {
        return now().stream().filter(thread -> !before.contains(thread)).count();
    }
}
